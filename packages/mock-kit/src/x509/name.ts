import { isUtf8 } from 'node:buffer'
import { contentOf, DerError, type DerElement, membersOf, octetsOf, oidOf, readMembers } from './der-reader.ts'
import { ia5String, oid as encodeOid, printableString, sequence, setOf, tags, utf8String } from './der.ts'

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

const encodedTypes: ReadonlyMap<string, Uint8Array> = new Map(
  Object.values(attributeOids).map((oid) => [oid, encodeOid(oid)]),
)
const printableTypes: readonly string[] = [attributeOids.C, attributeOids.SERIALNUMBER]
const ia5Types: readonly string[] = [attributeOids.E, attributeOids.DC]

/** How the string types are read that a name may have. */
const decoders: Readonly<Record<number, (octets: Uint8Array) => string>> = {
  [tags.utf8String]: decodeUtf8,
  [tags.numericString]: decodeLatin1,
  [tags.printableString]: decodeLatin1,
  [tags.teletexString]: decodeLatin1,
  [tags.ia5String]: decodeLatin1,
  [tags.visibleString]: decodeLatin1,
  [tags.universalString]: decodeUtf32,
  [tags.bmpString]: decodeUtf16,
}

export function encodeName(name: DistinguishedName): Uint8Array {
  return sequence(name.map((relative) => setOf(relative.map(encodeAttribute))))
}

/**
 * Reads a Name; a value that is not a string is given as RFC 4514 writes it: `#` and its DER in hex.
 *
 * @throws DerError when it is no Name, or a value cannot be text of its string type.
 */
export function decodeName(name: DerElement): DistinguishedName {
  return membersOf(name, tags.sequence).map((relative) =>
    membersOf(relative, tags.set).map((attribute) =>
      readMembers(attribute, tags.sequence, ({ take }) => ({ oid: oidOf(take()), value: decodeValue(take()) })),
    ),
  )
}

/** The string type that RFC 5280 asks for, or UTF8String where the value does not fit into it. */
function encodeAttribute({ oid, value }: NameAttribute): Uint8Array {
  const type = encodedTypes.get(oid) ?? encodeOid(oid)
  if (printableTypes.includes(oid) && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)) {
    return sequence([type, printableString(value)])
  }
  if (ia5Types.includes(oid) && /^\p{ASCII}*$/u.test(value)) return sequence([type, ia5String(value)])
  return sequence([type, utf8String(value)])
}

function decodeValue(value: DerElement): string {
  return decoders[value.tag]?.(contentOf(value)) ?? `#${Buffer.from(octetsOf(value)).toString('hex')}`
}

function decodeUtf8(octets: Uint8Array): string {
  if (!isUtf8(octets)) throw new DerError('A UTF8String is not UTF-8.')
  return Buffer.from(octets).toString()
}

function decodeLatin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1')
}

function decodeUtf16(octets: Uint8Array): string {
  return wellFormed(Buffer.from(octets).swap16().toString('utf16le'))
}

function decodeUtf32(octets: Uint8Array): string {
  const buffer = Buffer.from(octets)
  const codes = Array.from({ length: octets.length / 4 }, (_, index) => buffer.readUInt32BE(index * 4))
  if (codes.some((code) => code > 0x10_ffff)) throw new DerError('A UniversalString goes beyond Unicode.')
  return wellFormed(codes.map((code) => String.fromCodePoint(code)).join(''))
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new DerError('A string has half a character.')
  return text
}
