import { createPublicKey, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyOf, newKey } from '../test-client.ts'
import { toSpki } from './public-key.ts'

const asWritten = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })

/** The same key with its point compressed: the first coordinate, and of the second whether it is odd. */
function compress(key: KeyObject): KeyObject {
  const der = asWritten(key)
  const algorithm = der.subarray(2, 23)
  const [first, second] = [der.subarray(27, 59), der.subarray(59)]
  const point = Buffer.from([0x03, 34, 0, 2 + (second.at(-1)! % 2), ...first])
  const spki = Buffer.from([0x30, algorithm.length + point.length, ...algorithm, ...point])
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

describe('a public key as text', () => {
  test('is what Node writes', () => {
    for (const kind of ['rsa-2048', 'p-256', 'p-384', 'ed25519'] as const) {
      const key = createPublicKey(keyOf(kind))
      expect(toSpki(key)).toBe(asWritten(key).toString('base64'))
    }
  })

  test('is the same for a key that was written in a shorter way', () => {
    const key = createPublicKey(keyOf('p-256'))
    const compressed = compress(key)
    expect(asWritten(compressed)).not.toEqual(asWritten(key))
    expect(toSpki(compressed)).toBe(toSpki(key))
  })

  test('differs between keys', () => {
    const keys = [keyOf('p-256'), newKey('p-256'), keyOf('p-384'), keyOf('rsa-2048')]
    expect(new Set(keys.map((key) => toSpki(createPublicKey(key)))).size).toBe(4)
  })
})
