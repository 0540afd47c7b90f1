import { sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Certificate, Extensions, SubjectPublicKeyInfo, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509'
import { decodeDer, encodeDer, integerContents } from './der.ts'
import { buildExtensions } from './extensions.ts'
import type { CertificateExtensions } from './extensions.ts'
import { encodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { describePublicKey } from './public-key.ts'
import { signRepeatably } from './repeatable-ecdsa.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'
import type { IssuerHash } from './signature-algorithm.ts'

/**
 * All that goes into a certificate but the signer.
 *
 * `serialNumber` is a big-endian magnitude, `spki` the DER SubjectPublicKeyInfo; dates lose their milliseconds.
 */
export interface CertificateTemplate {
  readonly serialNumber: Uint8Array
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  readonly notBefore: Date
  readonly notAfter: Date
  readonly spki: Uint8Array
  readonly hash: IssuerHash
  readonly extensions: CertificateExtensions
}

/**
 * Signs an X.509 v3 certificate with an RSA (PKCS#1 v1.5) or EC private key and returns its DER.
 *
 * The key identifiers are computed from the two public keys, so a certificate that is signed with its own key is self-signed once
 * `issuer` equals `subject`. Names must be A-labels already; lengths and the sense of the dates are the caller's business.
 *
 * @throws TypeError when the signer is neither RSA nor EC.
 */
export function buildCertificate(template: CertificateTemplate, signer: KeyObject): Uint8Array {
  const signatureAlgorithm = issuerAlgorithm(signer, template.hash)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: integerContents(template.serialNumber).buffer,
    signature: signatureAlgorithm,
    issuer: encodeName(template.issuer),
    validity: new Validity({ notBefore: template.notBefore, notAfter: template.notAfter }),
    subject: encodeName(template.subject),
    subjectPublicKeyInfo: decodeDer(template.spki, SubjectPublicKeyInfo),
    extensions: new Extensions(buildExtensions(template.extensions, template.spki, signer)),
  })
  const signatureValue = new Uint8Array(signBy(signer, template.hash, encodeDer(tbsCertificate))).buffer
  return encodeDer(new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue }))
}

/** RSA signs the same data in the same way each time, and so does P-256 with SHA-256; other elliptic keys do not. */
function signBy(signer: KeyObject, hash: IssuerHash, data: Uint8Array): Uint8Array {
  const isRepeatable = describePublicKey(signer).curve === 'P-256' && hash === 'sha256'
  return isRepeatable ? signRepeatably(data, signer) : sign(hash, data, signer)
}
