import { createHash, createHmac, type KeyObject } from 'node:crypto'
import { integer, sequence } from './der.ts'
import { modularInverse } from './modular.ts'
import { groupOrder, pointOf, toNumber, toOctets } from './p256.ts'

/**
 * ECDSA with SHA-256 by a P-256 key, in DER, with the nonce of RFC 6979: the same data and key give the same signature.
 *
 * Our own, since node:crypto draws its nonce, and the library that does not (@noble/curves) brings 2.3 MB, a quarter of what
 * a package of a twin may have. It takes no care of timing, which keys of tests do not need.
 */
export function signRepeatably(data: Uint8Array, key: KeyObject): Uint8Array {
  const digest = toNumber(createHash('sha256').update(data).digest())
  const secret = toNumber(Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url'))
  for (const nonce of nonces(secret, digest)) {
    const r = toNumber(pointOf(nonce).x) % groupOrder
    const s = (modularInverse(nonce, groupOrder) * (digest + r * secret)) % groupOrder
    if (r !== 0n && s !== 0n) return encodeSignature(r, s)
  }
  throw new Error('Unreachable: there is always another nonce.')
}

/** RFC 6979, 3.2: a generator from secret and digest, asked until a number fits. */
function* nonces(secret: bigint, digest: bigint): Generator<bigint> {
  const input = Buffer.concat([toOctets(secret), toOctets(digest % groupOrder)])
  let key: Buffer = Buffer.alloc(32, 0)
  let value: Buffer = Buffer.alloc(32, 1)
  const mac = (...parts: readonly Uint8Array[]): Buffer =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest()
  const stir = (separator: number, more: Uint8Array): void => {
    key = mac(value, Uint8Array.of(separator), more)
    value = mac(value)
  }
  stir(0, input)
  stir(1, input)
  for (;;) {
    value = mac(value)
    const nonce = toNumber(value)
    if (nonce > 0n && nonce < groupOrder) yield nonce
    stir(0, new Uint8Array())
  }
}

function encodeSignature(r: bigint, s: bigint): Uint8Array {
  return sequence([integer(toOctets(r)), integer(toOctets(s))])
}
