import type { IdentificationInfo } from '../api.generated.ts'
import type { Identification } from '../entities.ts'
import { invalidIdentification } from './certificate-errors.ts'

/** How many host names a self-signed version may have is not known. */
const maxNames = 1000

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const hostName = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`)

/**
 * The names for a self-signed version.
 *
 * An e-mail address needs no more than an `@`: the documented subject holds `aaa@domaincom`.
 *
 * @throws Refusal `InvalidIdentificationInfo` with the first member that is wrong
 */
export function readIdentification(info: Partial<IdentificationInfo>): Identification {
  const { commonName, subjectAlternativeNames: dnsNames = [], country, state, city, company, department, email } = info
  if (commonName === undefined || commonName.trim() === '') throw invalidIdentification('commonName')
  const isCountable = dnsNames.length > 0 && dnsNames.length <= maxNames
  if (!isCountable || !dnsNames.every(isHostName)) throw invalidIdentification('subjectAlternativeNames')
  if (country !== undefined && !/^..$/su.test(country)) throw invalidIdentification('country')
  if (email !== undefined && !email.includes('@')) throw invalidIdentification('email')
  return { commonName, dnsNames, country, state, city, company, department, email }
}

function isHostName(name: string): boolean {
  return name.length <= 253 && hostName.test(name)
}
