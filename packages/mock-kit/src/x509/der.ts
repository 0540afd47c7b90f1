/**
 * The identifier octets of the types that certificates are made of (X.680 §8.4); sequences and sets have the bit of constructed types.
 */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/**
 * Writes one element of DER (X.690): tag, length, and the parts of its contents one after another.
 *
 * Our own, since loading the asn1 packages takes 45 ms of a twin's 110 ms start, and issuing with them reaches 0.13 to 0.22 of the
 * rate at which RSA can sign.
 */
export function element(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = headerOf(tag, length)
  const der = Buffer.allocUnsafe(header.length + length)
  let at = 0
  for (const part of [header, ...parts]) {
    der.set(part, at)
    at += part.length
  }
  return der
}

export function sequence(members: readonly Uint8Array[]): Uint8Array {
  return element(tags.sequence, members)
}

/** A SET OF, whose members DER wants in the order of their encodings. */
export function setOf(members: readonly Uint8Array[]): Uint8Array {
  return element(
    tags.set,
    members.toSorted((one, other) => Buffer.compare(one, other)),
  )
}

/** An element with an explicit context tag. */
export function explicit(number: number, member: Uint8Array): Uint8Array {
  return element(0xa0 | number, [member])
}

/** A primitive element whose context tag stands in the place of its own. */
export function implicit(number: number, contents: Uint8Array): Uint8Array {
  return element(0x80 | number, [contents])
}

/** `true`; DER leaves out a member that has its default, so `false` is never written. */
export const booleanTrue: Uint8Array = element(tags.boolean, [Uint8Array.of(0xff)])

export const nullValue: Uint8Array = element(tags.null, [])

/** A number of 0 or more, below 2^32 or as big-endian octets: as short as can be, a zero in front where it would be read as negative. */
export function integer(value: number | Uint8Array): Uint8Array {
  const magnitude = typeof value === 'number' ? Buffer.from(Uint32Array.of(value).buffer).swap32() : value
  const start = magnitude.findIndex((octet) => octet !== 0)
  const digits = start === -1 ? Uint8Array.of(0) : magnitude.subarray(start)
  const isNegative = (digits[0] ?? 0) >= 0x80
  return element(tags.integer, isNegative ? [Uint8Array.of(0), digits] : [digits])
}

/** An object identifier from its dotted numbers. */
export function oid(dotted: string): Uint8Array {
  if (!/^[0-2](\.\d+)+$/.test(dotted)) throw new TypeError(`${dotted} is no object identifier; give dotted numbers.`)
  const [root = 0n, first = 0n, ...arcs] = dotted.split('.').map(BigInt)
  return element(tags.oid, [Uint8Array.from([root * 40n + first, ...arcs].flatMap(base128))])
}

export function bitString(octets: Uint8Array, unusedBits: number = 0): Uint8Array {
  return element(tags.bitString, [Uint8Array.of(unusedBits), octets])
}

export function octetString(contents: Uint8Array): Uint8Array {
  return element(tags.octetString, [contents])
}

export function utf8String(text: string): Uint8Array {
  return element(tags.utf8String, [Buffer.from(text)])
}

export function printableString(text: string): Uint8Array {
  return element(tags.printableString, [Buffer.from(text, 'latin1')])
}

export function ia5String(text: string): Uint8Array {
  return element(tags.ia5String, [Buffer.from(text, 'latin1')])
}

/**
 * A point in time without its milliseconds: UTCTime from 1950 to 2049, GeneralizedTime in other years (RFC 5280 §4.1.2.5).
 *
 * @throws RangeError when it lies before the year 0 or after 9999, for which there is no spelling.
 */
export function time(date: Date): Uint8Array {
  const year = date.getUTCFullYear()
  if (!(year >= 1950 && year < 2050)) return generalizedTime(date)
  return element(tags.utcTime, [Buffer.from(timeDigits(date).slice(2), 'latin1')])
}

/** A point in time with all four digits of the year. @throws RangeError as `time` does */
export function generalizedTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new RangeError('A certificate can only name dates of the years 0 to 9999.')
  return element(tags.generalizedTime, [Buffer.from(timeDigits(date), 'latin1')])
}

function timeDigits(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`
}

export function enumerated(value: number): Uint8Array {
  return element(tags.enumerated, [Uint8Array.of(value)])
}

function headerOf(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length)
  if (length < 0x100) return Uint8Array.of(tag, 0x81, length)
  if (length < 0x1_0000) return Uint8Array.of(tag, 0x82, length >> 8, length)
  if (length < 0x100_0000) return Uint8Array.of(tag, 0x83, length >> 16, length >> 8, length)
  return Uint8Array.of(tag, 0x84, length >> 24, length >> 16, length >> 8, length)
}

/** Seven bits an octet, the high bit on all but the last. */
function base128(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80)
  return octets
}
