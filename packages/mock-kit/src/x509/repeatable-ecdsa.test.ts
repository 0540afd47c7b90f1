import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { privateKeyOf } from './p256.ts'
import { signRepeatably } from './repeatable-ecdsa.ts'

/** The key of RFC 6979, A.2.5. */
const documentedKey = privateKeyOf(0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n)

/** The keys of RFC 6979, A.2.6 and A.2.7. */
const [documented384, documented521] = [
  keyOf(
    'secp384r1',
    'P-384',
    '6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5',
  ),
  keyOf(
    'secp521r1',
    'P-521',
    '00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538',
  ),
]

function keyOf(curve: string, crv: string, scalar: string): KeyObject {
  const exchange = createECDH(curve)
  exchange.setPrivateKey(scalar, 'hex')
  const point = exchange.getPublicKey().subarray(1)
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)]
  const encode = (octets: Buffer): string => octets.toString('base64url')
  const jwk = { kty: 'EC', crv, d: encode(Buffer.from(scalar, 'hex')), x: encode(x), y: encode(y) }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

/** The two numbers of a DER signature, in hex without padding. */
function numbersOf(signature: Uint8Array): string[] {
  const hex = Buffer.from(signature).toString('hex').toUpperCase()
  const start = parseInt(hex.slice(2, 4), 16) > 0x80 ? 6 : 4
  const lengthOfR = parseInt(hex.slice(start + 2, start + 4), 16) * 2
  const [r, s] = [hex.slice(start + 4, start + 4 + lengthOfR), hex.slice(start + 4 + lengthOfR + 4)]
  return [r, s].map(plain)
}

function plain(hex: string): string {
  return BigInt(`0x${hex}`).toString(16)
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
    expect(numbersOf(signRepeatably(Buffer.from(text), documentedKey))).toEqual([r, s].map(plain))
  })

  test.each([
    [
      'P-384',
      documented384,
      '21B13D1E013C7FA1392D03C5F99AF8B30C570C6F98D4EA8E354B63A21D3DAA33BDE1E888E63355D92FA2B3C36D8FB2CD',
      'F3AA443FB107745BF4BD77CB3891674632068A10CA67E3D45DB2266FA7D1FEEBEFDC63ECCD1AC42EC0CB8668A4FA0AB0',
    ],
    [
      'P-521',
      documented521,
      '1511BB4D675114FE266FC4372B87682BAECC01D3CC62CF2303C92B3526012659D16876E25C7C1E57648F23B73564D67F61C6F14D527D54972810421E7D87589E1A7',
      '04A171143A83163D6DF460AAF61522695F207A58B95C0644D87E52AA1A347916E4F7A72930B1BC06DBE22CE3F58264AFD23704CBB63B29B931F7DE6C9D949A7ECFC',
    ],
  ])('of a key on %s is the one in RFC 6979', (_, key, r, s) => {
    expect(numbersOf(signRepeatably(Buffer.from('sample'), key))).toEqual([r, s].map(plain))
  })

  test('is one that OpenSSL verifies, whatever the key and the data', () => {
    const curves = ['P-256', 'P-256', 'P-384', 'P-521']
    const keys = curves.map((namedCurve) => generateKeyPairSync('ec', { namedCurve }).privateKey)
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
