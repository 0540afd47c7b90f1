import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { privateKeyOf } from './p256.ts'
import { signRepeatably } from './repeatable-ecdsa.ts'

/** The key of RFC 6979, A.2.5. */
const documentedKey = privateKeyOf(0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n)

/** The two numbers of a DER signature, 32 octets each. */
function numbersOf(signature: Uint8Array): string[] {
  const hex = Buffer.from(signature).toString('hex').toUpperCase()
  const lengthOfR = parseInt(hex.slice(6, 8), 16) * 2
  const [r, s] = [hex.slice(8, 8 + lengthOfR), hex.slice(8 + lengthOfR + 4)]
  return [r, s].map((number) => number.replace(/^00/, '').padStart(64, '0'))
}

describe('a repeatable signature', () => {
  test.each([
    [
      'sample',
      'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716',
      'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
    ],
    [
      'test',
      'F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367',
      '019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083',
    ],
  ])('of "%s" is the one in RFC 6979', (text, r, s) => {
    expect(numbersOf(signRepeatably(Buffer.from(text), documentedKey))).toEqual([r, s])
  })

  test('is one that OpenSSL verifies, whatever the key and the data', () => {
    const keys = Array.from({ length: 4 }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...keys), (data, key) => {
        const signature = signRepeatably(data, key)
        expect(verify('sha256', data, createPublicKey(key), signature)).toBe(true)
        expect(verify('sha256', Buffer.concat([data, Buffer.of(0)]), createPublicKey(key), signature)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})
