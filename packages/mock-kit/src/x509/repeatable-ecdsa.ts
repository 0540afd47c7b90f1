import { createECDH, createHash, createHmac, type KeyObject } from 'node:crypto'
import { integer, sequence } from './der.ts'
import { modularInverse } from './modular.ts'
import { groupOrder, toNumber } from './p256.ts'

/** The orders of the groups, by OpenSSL's names of the curves (SEC 2, 2.4.2, 2.5.1 and 2.6.1). */
const orders = {
  prime256v1: groupOrder,
  secp384r1: BigInt(`0x${'f'.repeat(48)}c7634d81f4372ddf581a0db248b0a77aecec196accc52973`),
  secp521r1: BigInt(`0x1${'f'.repeat(65)}a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`),
} as const

interface Group {
  readonly curve: string
  readonly order: bigint
  readonly bits: number
}

/** Whether `signRepeatably` knows the curve of a key. */
export function canSignRepeatably({ asymmetricKeyDetails }: KeyObject): boolean {
  return Object.hasOwn(orders, asymmetricKeyDetails?.namedCurve ?? '')
}

/**
 * ECDSA with SHA-256 by a key on P-256, P-384 or P-521, in DER, with the nonce of RFC 6979: the same data and key give the same signature.
 *
 * Our own, since node:crypto draws its nonce, and the library that does not (@noble/curves) brings 2.3 MB, a quarter of what
 * a package of a twin may have. It takes no care of timing, which keys of tests do not need.
 */
export function signRepeatably(data: Uint8Array, key: KeyObject): Uint8Array {
  const curve = key.asymmetricKeyDetails!.namedCurve as keyof typeof orders
  const order = orders[curve]
  const group = { curve, order, bits: order.toString(2).length }
  const digest = toNumber(createHash('sha256').update(data).digest())
  const secret = toNumber(Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url'))
  for (const nonce of nonces(group, secret, digest)) {
    const r = abscissaOf(group, nonce) % order
    const s = (modularInverse(nonce, order) * (digest + r * secret)) % order
    if (r !== 0n && s !== 0n) return sequence([r, s].map((number) => integer(toOctets(number, group))))
  }
  throw new Error('Unreachable: there is always another nonce.')
}

/** RFC 6979, 3.2: a generator from secret and digest, asked until a number fits. */
function* nonces(group: Group, secret: bigint, digest: bigint): Generator<bigint> {
  const input = Buffer.concat([toOctets(secret, group), toOctets(digest % group.order, group)])
  let key: Buffer = Buffer.alloc(32, 0)
  let value: Buffer = Buffer.alloc(32, 1)
  const mac = (...parts: readonly Uint8Array[]): Buffer =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest()
  const stir = (separator: number, more: Uint8Array): void => {
    key = mac(value, Uint8Array.of(separator), more)
    value = mac(value)
  }
  const draw = (): bigint => {
    let bytes: Buffer = Buffer.alloc(0)
    while (bytes.length * 8 < group.bits) bytes = Buffer.concat([bytes, (value = mac(value))])
    return toNumber(bytes) >> BigInt(bytes.length * 8 - group.bits)
  }
  stir(0, input)
  stir(1, input)
  for (;;) {
    const nonce = draw()
    if (nonce > 0n && nonce < group.order) yield nonce
    stir(0, new Uint8Array())
  }
}

/** The x of the point that a scalar leads to. */
function abscissaOf(group: Group, scalar: bigint): bigint {
  const exchange = createECDH(group.curve)
  exchange.setPrivateKey(toOctets(scalar, group))
  const point = exchange.getPublicKey() // 04, x, y
  return toNumber(point.subarray(1, (point.length + 1) / 2))
}

function toOctets(value: bigint, { bits }: Group): Buffer {
  return Buffer.from(value.toString(16).padStart(Math.ceil(bits / 8) * 2, '0'), 'hex')
}
