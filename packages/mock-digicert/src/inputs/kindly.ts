// How kindly the vendor reads values: what clients send, and the vendor takes, without being of the documented type.
import { isRecord } from '@certtwin/mock-kit'

export type Json = Readonly<Record<string, unknown>>

/** Objects with members that are read; whatever else a caller nests is nobody's business. */
const containers: readonly string[] = [
  'certificate',
  'certificate.server_platform',
  'certificate.cert_validity',
  'organization',
  'order_validity',
  'product',
  'container',
  'technical_contact',
]

const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  'certificate.dns_names': cutList,
  'certificate.server_platform.id': toInteger,
  'certificate.cert_validity.years': toInteger,
  'certificate.cert_validity.days': toInteger,
  'certificate.ca_cert_id': toText,
  'organization.id': toInteger,
  'order_validity.years': toInteger,
  'order_validity.days': toInteger,
  validity_years: toInteger,
  validity_days: toInteger,
  'container.id': toOptionalId,
  renewal_of_order_id: toOptionalId,
  auto_renew: toFlag,
  disable_renewal_notifications: toFlag,
  disable_ct: toFlag,
  alternative_order_id: toText,
  custom_fields: toCustomFields,
  'custom_fields.metadata_id': toInteger,
  'custom_fields.value': toText,
  skip_approval: toFlag,
}

/**
 * A body with its members as the types that the document gives them, as far as they can be read so. A member that is null or
 * an empty text counts as left out; one that cannot be read stays as it is, for the validator to find.
 */
export function readKindly(value: Json, path: string = ''): Record<string, unknown> {
  const kindly: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value))
    if (isGiven(name, member)) kindly[name] = readMember(path + name, member)
  return kindly
}

/** A member of the name `__proto__`, which means nothing to anybody, would be set as something else. */
function isGiven(name: string, member: unknown): boolean {
  return member !== null && member !== '' && name !== '__proto__'
}

function readMember(path: string, member: unknown): unknown {
  if (containers.includes(path) && isRecord(member)) return readKindly(member, `${path}.`)
  return Object.hasOwn(readers, path) ? readers[path]!(member) : member
}

/** One name more than are allowed shows that there are too many; the others need not be looked at. */
function cutList(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 251) : value
}

function toInteger(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
}

/** An id of 0 in an optional place means none. */
function toOptionalId(value: unknown): unknown {
  const id = toInteger(value)
  return id === 0 ? undefined : id
}

function toCustomFields(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((field: unknown) => (isRecord(field) ? readKindly(field, 'custom_fields.') : field))
}

function toText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}

const flags: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [0, false],
  ['0', false],
  [1, true],
  ['1', true],
  ['false', false],
  ['true', true],
])

function toFlag(value: unknown): unknown {
  return flags.get(value) ?? value
}
