import { describe, expect, it } from 'vitest'
import { readDer } from './der-reader.ts'
import { decodeName } from './name.ts'

/** DER of one element. */
function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  const header = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}

describe('a name with a value of an old string type', () => {
  it.each([
    ['NumericString', 0x12, '4711'],
    ['VisibleString', 0x1a, 'a'.repeat(300)],
  ])('is read whole: %s', (_type, tag, value) => {
    const commonName = Buffer.from([6, 3, 0x55, 4, 3])
    const attribute = element(0x30, Buffer.concat([commonName, element(tag, Buffer.from(value))]))
    const name = element(0x30, element(0x31, attribute))
    expect(decodeName(readDer(name))).toEqual([[{ oid: '2.5.4.3', value }]])
  })
})
