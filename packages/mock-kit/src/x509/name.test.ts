import { describe, expect, it } from 'vitest'
import { DerError, readDer } from './der-reader.ts'
import { element, oid, sequence, setOf } from './der.ts'
import { attributeOids, decodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'

/** The name that has this one value. */
function decoded(tag: number, contents: Uint8Array): DistinguishedName {
  const attribute = sequence([oid(attributeOids.CN), element(tag, [contents])])
  return decodeName(readDer(sequence([setOf([attribute])])))
}

describe('a value of a name', () => {
  it.each([
    ['UTF8String', 0x0c, 'c3a9f09f9880', 'é😀'],
    ['NumericString', 0x12, '34373131', '4711'],
    ['PrintableString', 0x13, '4652', 'FR'],
    ['TeletexString', 0x14, 'e9', 'é'],
    ['IA5String', 0x16, '614062', 'a@b'],
    ['VisibleString', 0x1a, '61'.repeat(300), 'a'.repeat(300)],
    ['UniversalString', 0x1c, '000000e90001f600', 'é😀'],
    ['BMPString', 0x1e, '00e9d83dde00', 'é😀'],
    ['UTF8String without characters', 0x0c, '', ''],
  ])('is read whole: %s', (_type, tag, contents, value) => {
    expect(decoded(tag, Buffer.from(contents, 'hex'))).toEqual([[{ oid: attributeOids.CN, value }]])
  })

  it.each([
    ['OCTET STRING', 0x04, '6162', '#04026162'],
    ['SEQUENCE', 0x30, '0500', '#30020500'],
    ['UTF8String in parts', 0x2c, '0c0161', '#2c030c0161'],
  ])('is given as the hex of its DER when it is no string: %s', (_type, tag, contents, value) => {
    expect(decoded(tag, Buffer.from(contents, 'hex'))).toEqual([[{ oid: attributeOids.CN, value }]])
  })

  it.each([
    ['UTF-8 that is none', 0x0c, 'c3'],
    ['one half of a pair in a BMPString', 0x1e, 'd83d'],
    ['a number beyond Unicode in a UniversalString', 0x1c, '00110000'],
    ['half a pair in a UniversalString', 0x1c, '0000d83d'],
  ])('is refused: %s', (_what, tag, contents) => {
    expect(() => decoded(tag, Buffer.from(contents, 'hex'))).toThrow(DerError)
  })
})

describe('a name', () => {
  const attribute = sequence([oid(attributeOids.CN), element(0x0c, [Buffer.from('x')])])

  it.each([
    ['a set', setOf([])],
    ['a list without sets', sequence([attribute])],
    ['a set without pairs', sequence([setOf([oid(attributeOids.CN)])])],
    ['a pair without a value', sequence([setOf([sequence([oid(attributeOids.CN)])])])],
    ['a pair without a type', sequence([setOf([sequence([element(0x0c, []), element(0x0c, [])])])])],
    ['a pair with more', sequence([setOf([sequence([oid(attributeOids.CN), element(0x0c, []), element(0x0c, [])])])])],
  ])('is not %s', (_what, der) => {
    expect(() => decodeName(readDer(der))).toThrow(DerError)
  })
})
