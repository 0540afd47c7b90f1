import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentOf, oidOf, readDer } from './der-reader.ts'
import { bitString, element, implicit, integer, oid, sequence, setOf, time } from './der.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

describe('an element', () => {
  test.each([
    [0, '0400'],
    [0x7f, '047f'],
    [0x80, '048180'],
    [0xff, '0481ff'],
    [0x100, '04820100'],
    [0xffff, '0482ffff'],
    [0x1_0000, '0483010000'],
    [0x100_0000, '048401000000'],
  ])('of %i octets begins with %s', (length, header) => {
    const der = element(0x04, [Buffer.alloc(length, 1)])
    expect(hex(der.subarray(0, header.length / 2))).toBe(header)
    expect(der).toHaveLength(header.length / 2 + length)
  })

  test('holds its parts in order, and is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (parts) => {
        const { tag, ...place } = readDer(element(0x04, parts))
        expect(tag).toBe(0x04)
        expect(hex(contentOf({ tag, ...place }))).toBe(hex(Buffer.concat(parts)))
      }),
    )
  })
})

describe('a number', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [65_537, '0203010001'],
    [0xffff_ffff, '020500ffffffff'],
    [Uint8Array.of(), '020100'],
    [Uint8Array.of(0, 0, 1), '020101'],
    [Uint8Array.of(0xff, 0), '020300ff00'],
  ])('%o is %s', (value, der) => {
    expect(hex(integer(value))).toBe(der)
  })
})

describe('an object identifier', () => {
  test.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.113549', '06062a864886f70d'],
    ['0.9.2342', '0603099226'],
    ['2.999', '06028837'],
  ])('%s is %s', (dotted, der) => {
    expect(hex(oid(dotted))).toBe(der)
  })

  test('is read back, however large its numbers are', () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 128n }), { maxLength: 6 })
    const roots = fc.oneof(
      fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt({ min: 0n, max: 39n })),
      fc.tuple(fc.constant(2n), fc.bigInt({ min: 0n, max: 2n ** 128n })),
    )
    fc.assert(
      fc.property(roots, arcs, (root, rest) => {
        const dotted = [...root, ...rest].join('.')
        expect(oidOf(readDer(oid(dotted)))).toBe(dotted)
      }),
    )
  })

  test.each(['', '1', '3.1', '1.2.', '1..2', 'CN', '1.2.x'])('is not made of "%s"', (dotted) => {
    expect(() => oid(dotted)).toThrow(new TypeError(`${dotted} is no object identifier; give dotted numbers.`))
  })
})

describe('a time', () => {
  test.each([
    ['1949-12-31T23:59:59Z', '19491231235959Z', 0x18],
    ['1950-01-01T00:00:00Z', '500101000000Z', 0x17],
    ['2049-12-31T23:59:59.999Z', '491231235959Z', 0x17],
    ['2050-01-01T00:00:00Z', '20500101000000Z', 0x18],
    ['0000-01-01T00:00:00Z', '00000101000000Z', 0x18],
    ['9999-12-31T23:59:59Z', '99991231235959Z', 0x18],
  ])('%s is %s', (date, text, tag) => {
    const der = readDer(time(new Date(date)))
    expect([Buffer.from(contentOf(der)).toString(), der.tag]).toEqual([text, tag])
  })

  test.each([new Date(Number.NaN), new Date(Date.UTC(10_000, 0)), new Date('-000001-12-31T23:59:59Z')])(
    'has no spelling for %o',
    (date) => {
      expect(() => time(date)).toThrow(new RangeError('A certificate can only name dates of the years 0 to 9999.'))
    },
  )
})

test('the members of a SET OF are in the order of their encodings', () => {
  const members = [integer(300), integer(2), integer(1)]
  expect(hex(setOf(members))).toBe(`310a${hex(integer(1))}${hex(integer(2))}${hex(integer(300))}`)
})

test('a BIT STRING tells the bits that are not used', () => {
  expect(hex(bitString(Uint8Array.of(0xa0), 5))).toBe('030205a0')
})

test('an implicit tag stands in the place of its own', () => {
  expect(hex(sequence([implicit(2, Buffer.from('a'))]))).toBe('3003820161')
})
