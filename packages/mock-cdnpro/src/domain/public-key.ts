import { createPublicKey, type KeyObject } from 'node:crypto'

/** The curves that a JSON web key can name; OpenSSL's words for them. */
const webCurves = ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1']

/**
 * A public key as base64 of its DER SubjectPublicKeyInfo. Equal keys give equal text, so that texts are all that is compared.
 *
 * A key of an elliptic curve can be written in many ways: its point compressed or not, its curve by name or spelled out. A web key
 * knows one of them. Keys of other curves stay as they were written.
 */
export function toSpki(publicKey: KeyObject): string {
  const isWebKey = webCurves.includes(publicKey.asymmetricKeyDetails?.namedCurve ?? '')
  const key = isWebKey ? createPublicKey({ key: publicKey.export({ format: 'jwk' }), format: 'jwk' }) : publicKey
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}
