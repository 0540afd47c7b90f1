import { readAlgorithm } from './algorithm.ts'
import { bitsOf, DerError, type DerElement, membersOf, octetsOf, readDer, readMembers } from './der-reader.ts'
import { tags } from './der.ts'
import { decodeName } from './name.ts'
import { armouredBodies, decodeBase64 } from './pem.ts'
import { describeOptionalKey, readPublicKey, readSpki } from './public-key.ts'
import type { PublicKeyInfo, SubjectPublicKeyInfo } from './public-key.ts'
import { isSignatureValid } from './signature-algorithm.ts'

/**
 * A certificate signing request (PKCS#10).
 *
 * `spki` is the DER SubjectPublicKeyInfo. `signatureValid` says whether the request is signed with its own key; it is false,
 * too, for a key or an algorithm that cannot be checked (DSA, Ed25519, MD5).
 */
export interface Csr {
  readonly der: Uint8Array
  readonly spki: Uint8Array
  readonly publicKey: PublicKeyInfo
  readonly signatureValid: boolean
}

/** The tag of the request's attributes: [0] IMPLICIT SET OF. */
const attributesTag = 0xa0

/** The text is not a certificate signing request. */
export class CsrError extends Error {
  readonly code = 'unparsable' as const
  override readonly name: string = 'CsrError'
}

/**
 * Reads a certificate signing request and verifies its own signature.
 *
 * Takes PEM with any line breaks or none, with text around it, headed `CERTIFICATE REQUEST` or `NEW CERTIFICATE REQUEST`, and bare
 * base64 of the DER; the URL alphabet and missing padding are fine in both. Of several requests the first is read. A key type
 * other than RSA and EC parses too, as `algorithm: 'other'`.
 *
 * @throws CsrError `unparsable` when it is no request or octets follow the DER.
 */
export function parseCsr(text: string): Csr {
  const der = decodeBase64(requestBody(text).replaceAll('-', '+').replaceAll('_', '/'))
  try {
    return readRequest(der ?? new Uint8Array())
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause
    throw new CsrError('The text is not a certificate signing request; send PKCS#10 as PEM or as base64 of its DER.', {
      cause,
    })
  }
}

function requestBody(text: string): string {
  const request = armouredBodies(text).find(({ label }) => /^(NEW )?CERTIFICATE REQUEST$/.test(label))
  return request?.body ?? text
}

function readRequest(der: Uint8Array): Csr {
  return readMembers(readDer(der), tags.sequence, ({ take }) => {
    const info = take()
    const algorithm = readAlgorithm(take())
    const signature = bitsOf(take())
    const spki = readInfo(info)
    const key = readPublicKey(spki.der)
    return {
      der,
      spki: spki.der,
      publicKey: describeRequestedKey(spki, describeOptionalKey(key)),
      signatureValid: key !== undefined && isSignatureValid(algorithm, key, octetsOf(info), signature),
    }
  })
}

/** Neither the subject nor the attributes are of interest, but have to be what they should be. */
function readInfo(info: DerElement): SubjectPublicKeyInfo {
  return readMembers(info, tags.sequence, ({ take, takeIf }) => {
    take(tags.integer)
    decodeName(take())
    const spki = readSpki(take())
    const attributes = takeIf(attributesTag)
    if (attributes !== undefined) membersOf(attributes).forEach(checkAttribute)
    return spki
  })
}

function checkAttribute(attribute: DerElement): void {
  readMembers(attribute, tags.sequence, ({ take }) => {
    take(tags.oid)
    take(tags.set)
  })
}

/** Parameters that spell a curve out count as another curve, however well-known it is: no verifier takes such a certificate. */
function describeRequestedKey({ algorithm }: SubjectPublicKeyInfo, info: PublicKeyInfo): PublicKeyInfo {
  return info.algorithm === 'EC' && algorithm.parameters?.tag !== tags.oid ? { ...info, curve: 'other' } : info
}
