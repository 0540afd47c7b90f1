import { hash } from 'node:crypto'
import { buildCsr, parsePem } from '@certtwin/mock-kit/x509'
import { invalidField } from '../errors.ts'
import type { StoredCertificate } from '../entities.ts'
import type { CdnProWorld } from '../world.ts'
import * as errors from './certificate-errors.ts'
import { latestOf } from './certificates.ts'
import { parseName } from './distinguished-name.ts'
import { keyRingOf } from './key-ring.ts'

const validationMs = 30 * 24 * 3600 * 1000

/** A signing request, with the file that is to prove to an authority who controls the names, if it was asked for. */
export interface SigningRequest {
  readonly pem: string
  readonly validationFile: { readonly uri: string; readonly expiresAtMs: number } | undefined
}

/** Who proves by a file that a caller controls host names. */
type ValidatingAuthority = 'sectigo'

/** A parameter without a value counts as left out. @throws Refusal `InvalidInput` */
export function readAuthority(text: string | undefined): ValidatingAuthority | undefined {
  if (text === undefined || text === '') return undefined
  if (text !== 'sectigo') throw invalidField('dcv')
  return text
}

/**
 * Makes a request with the subject and the host names of the latest version, signed with its key (assumed).
 *
 * @param authority - whose file is asked for
 * @throws Refusal `InvalidCertType`, or `InvalidKey` where the private key is not known
 */
export function createSigningRequest(
  world: CdnProWorld,
  certificate: StoredCertificate,
  authority: ValidatingAuthority | undefined,
): SigningRequest {
  const latest = latestOf(certificate)
  if (latest.certificate === undefined) throw errors.csrOfCaOnly()
  const key = keyRingOf(world, certificate.customerId).privateKeyOf(latest)
  if (key === undefined) throw errors.keyNotKnown()
  const pem = buildCsr(parseName(latest.certificate.subject), key, latest.certificate.dnsNames)
  const expiresAtMs = world.clock.now() + validationMs
  return { pem, validationFile: authority === undefined ? undefined : { uri: validationUri(pem), expiresAtMs } }
}

function validationUri(pem: string): string {
  const name = hash('md5', parsePem(pem)[0]!.der).toUpperCase()
  return `/.well-known/pki-validation/${name}.txt`
}
