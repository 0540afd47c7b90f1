import { AsnConvert } from '@peculiar/asn1-schema'

/** Writes an object of one of the ASN.1 schema classes as DER. */
export function encodeDer(value: object): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value))
}

/**
 * Reads DER as one of the ASN.1 schema classes.
 *
 * @throws Error when the octets are not exactly one such element; the library alone would ignore octets after it and accept
 * the indefinite lengths of BER.
 */
export function decodeDer<T>(der: Uint8Array, schema: new () => T): T {
  if (elementLength(der) !== der.length) throw new Error('The DER is cut short or followed by other octets.')
  return AsnConvert.parse(der, schema)
}

/** The octets of one element behind its tag and length. */
export function contentOf(der: Uint8Array): Uint8Array {
  return der.subarray(headerLength(der))
}

/** An INTEGER is signed and as short as can be: no leading zeros but the one that keeps it positive. */
export function integerContents(magnitude: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = magnitude.findIndex((octet) => octet !== 0)
  const digits = start === -1 ? [0] : magnitude.subarray(start)
  const isNegative = (digits[0] ?? 0) >= 0x80
  return Uint8Array.from(isNegative ? [0, ...digits] : digits)
}

/** An indefinite length (0x80) counts as no content, so it never fits. */
function elementLength(der: Uint8Array): number | undefined {
  const first = der[1]
  if (first === undefined) return undefined
  if (first < 0x80) return 2 + first
  const header = headerLength(der)
  return header + der.subarray(2, header).reduce((length, octet) => length * 256 + octet, 0)
}

function headerLength(der: Uint8Array): number {
  const first = der[1] ?? 0
  return first < 0x80 ? 2 : 2 + (first - 0x80)
}
