import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'

/** The order of the group of P-256 (SEC 2, 2.4.2). */
export const groupOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const fieldBytes = 32

/** A number as the 32 octets that scalars and coordinates of P-256 have. */
export function toOctets(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(fieldBytes * 2, '0'), 'hex')
}

export function toNumber(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`)
}

/** The point that a scalar between 1 and the order leads to. */
export function pointOf(scalar: bigint): { readonly x: Buffer; readonly y: Buffer } {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(toOctets(scalar))
  const point = curve.getPublicKey() // 04, x, y
  return { x: point.subarray(1, 1 + fieldBytes), y: point.subarray(1 + fieldBytes) }
}

/** The private key that a scalar between 1 and the order is. */
export function privateKeyOf(scalar: bigint): KeyObject {
  const { x, y } = pointOf(scalar)
  const jwk = { kty: 'EC', crv: 'P-256', d: encode(toOctets(scalar)), x: encode(x), y: encode(y) }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

function encode(octets: Buffer): string {
  return octets.toString('base64url')
}
