import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bitsOf,
  contentOf,
  DerError,
  type DerElement,
  membersOf,
  octetsOf,
  oidOf,
  readDer,
  readMembers,
} from './der-reader.ts'
import { bitString, element, integer, octetString, sequence, tags } from './der.ts'

const octets = (hex: string): Buffer => Buffer.from(hex, 'hex')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** One element inside another, this often. */
function nested(depth: number, inner: Uint8Array = Uint8Array.of()): Uint8Array {
  return Array.from({ length: depth }).reduce<Uint8Array>((der) => element(tags.sequence, [der]), inner)
}

/** Tags and contents, without the lengths. */
function outline(parent: DerElement): unknown {
  const { tag } = parent
  return (tag & 0x20) === 0
    ? { tag, contents: hex(contentOf(parent)) }
    : { tag, members: membersOf(parent).map(outline) }
}

/** What becomes of octets: an element, or the name of an error. */
function outcome(bytes: Uint8Array): string {
  try {
    return hex(octetsOf(readDer(bytes)))
  } catch (error) {
    return error instanceof Error ? error.name : 'no error'
  }
}

describe('reading', () => {
  test.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['contents that are cut short', '300401'],
    ['a member that is longer than its parent', '30030205010203'],
    ['octets after the element', '300000'],
    ['an outermost indefinite length', '30800000'],
    ['an indefinite length without its end', '30023080'],
    ['an indefinite length with half of its end', '3003308000'],
    ['an indefinite length that ends outside its parent', '300330800000'],
    ['an indefinite length of something primitive', '300404800000'],
    ['the end of an indefinite length where there is none', '30020000'],
    ['a tag of more than one octet', '1f810100'],
    ['the reserved length', '30ff'],
    ['a length of nine octets', '3089000000000000000000'],
    ['a length that is no safe number', '3088ffffffffffffffff'],
    ['a boolean of two octets', '01020000'],
    ['an empty number', '0200'],
    ['a number with a needless zero', '0202007f'],
    ['a negative number with a needless octet', '0202ff80'],
    ['a null with contents', '050100'],
    ['an empty object identifier', '0600'],
    ['an object identifier without its end', '06022a80'],
    ['an object identifier with a needless octet', '06032a8001'],
    ['an empty BIT STRING', '0300'],
    ['a BIT STRING with eight unused bits', '03020800'],
    ['a primitive sequence', '10020500'],
    ['a primitive set', '11020500'],
    ['an enumerated number with a needless zero', '0a02007f'],
    ['half a character of a BMPString', '1e03006100'],
    ['three quarters of a character of a UniversalString', '1c03000061'],
    ['a constructed boolean', '2100'],
    ['a constructed BIT STRING', '230403020001'],
    ['a constructed number', '2203020101'],
    ['a constructed null', '2500'],
    ['a constructed object identifier', '260306012a'],
  ])('refuses %s', (_, der) => {
    expect(() => readDer(octets(der))).toThrow(DerError)
  })

  test.each([
    ['a length in more octets than needed', '308200020500', '30020500'],
    ['a length in eight octets', '308800000000000000020500', '30020500'],
    ['an indefinite length', '3006308005000000', '300430020500'],
    ['one indefinite length in another', '300a30803080050000000000', '3006300430020500'],
  ])('accepts %s', (_, ber, der) => {
    expect(outline(readDer(octets(ber)))).toEqual(outline(readDer(octets(der))))
  })

  test('goes a hundred levels down, and no further', () => {
    expect(readDer(nested(101)).tag).toBe(tags.sequence)
    expect(() => readDer(nested(102))).toThrow(new DerError('The elements are nested too deeply.'))
  })

  test('of half a million nested beginnings takes no noticeable time', { timeout: 2_000 }, () => {
    const beginnings = Buffer.from('3080'.repeat(500_000), 'hex')
    expect(() => readDer(element(tags.sequence, [beginnings]))).toThrow(DerError)
    expect(() => readDer(nested(4_000))).toThrow(DerError)
  })

  test('any octets are an element or a DerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40, size: 'max' }), (bytes) => {
        expect([hex(bytes), 'DerError']).toContain(outcome(bytes))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('members', () => {
  const parent = readDer(sequence([integer(1), octetString(Buffer.from('a')), integer(2)]))

  test('are listed in order', () => {
    expect(membersOf(parent).map((member) => hex(octetsOf(member)))).toEqual(['020101', '040161', '020102'])
  })

  test('are handed out by their tags', () => {
    const found = readMembers(parent, tags.sequence, ({ take, takeIf }) => [
      take(tags.integer),
      takeIf(tags.integer),
      take(tags.octetString),
      take(),
      takeIf(),
    ])
    expect(found.map((member) => member && hex(contentOf(member)))).toEqual(['01', undefined, '61', '02', undefined])
  })

  test.each([
    ['one has another tag', () => readMembers(parent, tags.sequence, ({ take }) => take(tags.oid))],
    ['one is missing', () => readMembers(parent, tags.sequence, ({ take }) => [take(), take(), take(), take()])],
    ['one is left over', () => readMembers(parent, tags.sequence, ({ take }) => [take(), take()])],
    ['their parent has another tag', () => readMembers(parent, tags.set, () => 0)],
    ['the parent of a list has another tag', () => membersOf(parent, tags.set)],
  ])('are refused when %s', (_, read) => {
    expect(read).toThrow(DerError)
  })
})

describe('contents', () => {
  test('of a BIT STRING are whole octets', () => {
    expect(hex(bitsOf(readDer(bitString(Uint8Array.of(1, 2)))))).toBe('0102')
    expect(() => bitsOf(readDer(bitString(Uint8Array.of(0xa0), 5)))).toThrow(DerError)
    expect(() => bitsOf(readDer(octetString(Uint8Array.of(0, 1))))).toThrow(DerError)
  })

  test('of an object identifier are bounded', () => {
    const identifier = (length: number): Uint8Array =>
      element(tags.oid, [Buffer.alloc(length, 0x81).fill(1, length - 1)])
    expect(oidOf(readDer(identifier(586)))).toMatch(/^2\.\d{1000,}$/)
    expect(() => oidOf(readDer(identifier(587)))).toThrow(DerError)
    expect(() => oidOf(readDer(integer(1)))).toThrow(DerError)
  })
})
