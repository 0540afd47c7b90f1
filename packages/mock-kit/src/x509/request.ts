import { createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { Attribute, Extensions, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { decodeDer, encodeDer } from './der.ts'
import { buildAlternativeName } from './extensions.ts'
import { encodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { encodePem } from './pem.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'

/** The attribute of PKCS#9 that carries the wanted extensions (RFC 2985 §5.4.2). */
const extensionRequest = '1.2.840.113549.1.9.14'

/**
 * Makes a certificate signing request (PKCS#10) for a key, signed with SHA-256, as PEM with LF.
 *
 * @param dnsNames asked for as subject alternative name; none unless told, the common name is not added
 * @throws TypeError when the key is neither RSA nor EC.
 */
export function buildCsr(subject: DistinguishedName, privateKey: KeyObject, dnsNames: readonly string[] = []): string {
  const signatureAlgorithm = issuerAlgorithm(privateKey, 'sha256')
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: encodeName(subject),
    subjectPKInfo: decodeDer(spki, SubjectPublicKeyInfo),
    attributes: requestAttributes(dnsNames),
  })
  const signature = new Uint8Array(sign('sha256', encodeDer(certificationRequestInfo), privateKey)).buffer
  const request = new CertificationRequest({ certificationRequestInfo, signatureAlgorithm, signature })
  return encodePem('CERTIFICATE REQUEST', encodeDer(request))
}

function requestAttributes(dnsNames: readonly string[]): Attributes {
  const extensions = buildAlternativeName(dnsNames)
  if (extensions.length === 0) return new Attributes()
  const values = [new Uint8Array(encodeDer(new Extensions(extensions))).buffer]
  return new Attributes([new Attribute({ type: extensionRequest, values })])
}
