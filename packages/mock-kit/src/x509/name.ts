import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'
import { contentOf, encodeDer } from './der.ts'

/** One attribute of a name, its type as a dotted OID. */
export interface NameAttribute {
  readonly oid: string
  readonly value: string
}

/** One relative name; nearly always a single attribute. */
export type RelativeName = readonly NameAttribute[]

/** A distinguished name in the order of its DER, which is the reverse of RFC 4514's. */
export type DistinguishedName = readonly RelativeName[]

/** The attribute types that names usually have, by their short names. */
export const attributeOids = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  E: '1.2.840.113549.1.9.1',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  STREET: '2.5.4.9',
  SERIALNUMBER: '2.5.4.5',
  SURNAME: '2.5.4.4',
  GIVENNAME: '2.5.4.42',
  T: '2.5.4.12',
  BusinessCategory: '2.5.4.15',
  PostalCode: '2.5.4.17',
} as const

const printableTypes: readonly string[] = [attributeOids.C, attributeOids.SERIALNUMBER]
const ia5Types: readonly string[] = [attributeOids.E, attributeOids.DC]

/** ASN.1 string types that a name may hold but the library's AttributeValue leaves undecoded: NumericString and VisibleString. */
const asciiTags: readonly number[] = [0x12, 0x1a]

export function encodeName(name: DistinguishedName): Name {
  return new Name(name.map(encodeRelativeName))
}

/** A value that is not a string is given as RFC 4514 writes it: `#` and its DER in hex. */
export function decodeName(name: Name): DistinguishedName {
  // Array.from, because the library's arrays make more of their own kind when they are mapped.
  return Array.from(name, (relative) =>
    Array.from(relative, ({ type, value }) => ({ oid: type, value: decodeValue(value) })),
  )
}

/** DER wants the members of a SET OF in the order of their encodings, and the library keeps the order it is given. */
function encodeRelativeName(relative: RelativeName): RelativeDistinguishedName {
  const attributes = relative.map(
    ({ oid, value }) => new AttributeTypeAndValue({ type: oid, value: encodeValue(oid, value) }),
  )
  return new RelativeDistinguishedName(
    attributes.toSorted((one, other) => Buffer.compare(encodeDer(one), encodeDer(other))),
  )
}

/** The string type that RFC 5280 asks for, or UTF8String where the value does not fit into it. */
function encodeValue(oid: string, value: string): AttributeValue {
  if (printableTypes.includes(oid) && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)) {
    return new AttributeValue({ printableString: value })
  }
  if (ia5Types.includes(oid) && /^\p{ASCII}*$/u.test(value)) return new AttributeValue({ ia5String: value })
  return new AttributeValue({ utf8String: value })
}

function decodeValue(value: AttributeValue): string {
  if (value.anyValue === undefined) return value.toString()
  const der = Buffer.from(value.anyValue)
  if (!asciiTags.includes(der[0] ?? 0)) return `#${der.toString('hex')}`
  return Buffer.from(contentOf(der)).toString('latin1')
}
