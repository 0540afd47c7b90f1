import type { KeyObject } from 'node:crypto'
import { CertificationRequest } from '@peculiar/asn1-csr'
import { decodeDer, encodeDer } from './der.ts'
import { armouredBodies, decodeBase64 } from './pem.ts'
import { describeOptionalKey, readPublicKey } from './public-key.ts'
import type { PublicKeyInfo } from './public-key.ts'
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

const objectIdentifierTag = 0x06

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
  const request = decodeDer(der, CertificationRequest)
  const spki = encodeDer(request.certificationRequestInfo.subjectPKInfo)
  const key = readPublicKey(spki)
  return {
    der,
    spki,
    publicKey: describeRequestedKey(request, key),
    signatureValid:
      key !== undefined &&
      isSignatureValid(request.signatureAlgorithm, key, signedPart(request), new Uint8Array(request.signature)),
  }
}

/** Parameters that spell a curve out count as another curve, however well-known it is: no verifier takes such a certificate. */
function describeRequestedKey(
  { certificationRequestInfo }: CertificationRequest,
  key: KeyObject | undefined,
): PublicKeyInfo {
  const info = describeOptionalKey(key)
  const [tag] = new Uint8Array(certificationRequestInfo.subjectPKInfo.algorithm.parameters ?? new ArrayBuffer(0))
  return info.algorithm === 'EC' && tag !== objectIdentifierTag ? { ...info, curve: 'other' } : info
}

/** The octets as they came: what is signed is not what the library would write. */
function signedPart({ certificationRequestInfoRaw = new ArrayBuffer(0) }: CertificationRequest): Uint8Array {
  return new Uint8Array(certificationRequestInfoRaw)
}
