import { memoize } from '@certtwin/mock-kit'
import { type Csr, CsrError, parseCsr } from '@certtwin/mock-kit/x509'
import type { Problem } from '../errors.ts'
import type { Product } from '../products.ts'

/** The text that stands for a CSR in the vendor's sample call. */
const csrPlaceholder = '<csr>'

/** What the placeholder stands for: an RSA-2048 request, made once; its private key is gone. */
export const builtInCsr = `-----BEGIN CERTIFICATE REQUEST-----
MIICdzCCAV8CAQAwMjEVMBMGA1UECgwMT2ZmbGluZSBNb2NrMRkwFwYDVQQDDBBi
dWlsdC1pbi5leGFtcGxlMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA
oWVcxppz6jLmwEEid39SQ5Mf3pxm3ZP5qrMJoDjyk/pVW9vMVGAAohPF2FJqLJVo
xr9Ox0aQnIxe0XvcI5lwy02iYojp5xpWy1lrQIqxz9aHP/tH/v65Hi+UpGTiufza
1tuNyIqeZ7dP/peqKl/L2lsOCq90KKKlODXSO3TnnYfealT5yb/piMSFj+BFoKrs
TdW1qXUWXoud9DS8xxlKN7pUzshI9rIh0CKJ+QbgRRhayilKe1lan436rp7lAqYl
Y7f4qUvpPWiCXXi6Y+OaV3RCRkaoA4eKWqcMq8pzmm85yKhLgelS3+/IZkm+3Obn
9D6F/R9i1oKq6KnVbCUH7wIDAQABoAAwDQYJKoZIhvcNAQELBQADggEBAFshcWRs
k/b10YhNyLw88jntbvvZvhJoQ2ZEq1hW2gL1ZYp3czO3qkyY35YnJn2J7eSRQ2lh
cf3YUfrvmgGLz3VjQQgW3i7KyPcfhE6BIyK2W4kSLvR/IrimRzP7zi/9+b8U+pc1
jecNI8ULldWYA921oisrdSTHoLSgS+IKm1Bnclgh8SSlFw5vokxy7kOWDSfsb1y+
zA2S9yf43qyFNhlUtcWk13Ypf88+ULAMlBdxw7ukCkqDTChIj4DtojgSI8gVC6o4
csrSFkADHHnLIG/znv/a8MP6PVxyxNuYVpQxAheroaAqE4fSfFvngS8ZtnNUYeCQ
17HVBgylwKpiIhc=
-----END CERTIFICATE REQUEST-----
`

/** A CSR with what a certificate keeps of it. */
export interface KnownCsr extends Pick<Csr, 'publicKey' | 'signatureValid'> {
  /** As it was sent. */
  readonly text: string
  /** The DER SubjectPublicKeyInfo in Base64. */
  readonly spki: string
}

/** Longer texts are read each time: a hundred of them would take too much memory. */
const longestRemembered = 16_384

/** A program under test sends the same few requests again and again, and reading one takes longer than all else that is done with it. */
const recall = memoize(readAnew)

/** Reads a CSR, or the vendor's placeholder for one; undefined when it is neither. */
export function readCsr(text: string): KnownCsr | undefined {
  if (text === csrPlaceholder) return { ...readBuiltInCsr(), text }
  return (text.length > longestRemembered ? readAnew(text) : recall(text)).csr
}

/** The built-in CSR, read. */
export function readBuiltInCsr(): KnownCsr {
  return recall(builtInCsr).csr!
}

function readAnew(text: string): { readonly csr: KnownCsr | undefined } {
  try {
    const { spki, publicKey, signatureValid } = parseCsr(text)
    return { csr: { text, spki: Buffer.from(spki).toString('base64'), publicKey, signatureValid } }
  } catch (error) {
    if (error instanceof CsrError) return { csr: undefined }
    throw error
  }
}

/** What is wrong with a CSR; the first thing only. RSA sizes from below are documented, the rest is assumed. */
export function csrProblems(csr: KnownCsr | undefined, product: Product): Problem[] {
  if (csr === undefined) return [{ reason: 'csr-unparsable' }]
  const { algorithm, curve, bits } = csr.publicKey
  const isKnownCurve = algorithm === 'EC' && (curve === 'P-256' || curve === 'P-384')
  if (algorithm !== 'RSA' && !isKnownCurve) return [{ reason: 'csr-key-type' }]
  const minBits = product.isCodeSigning ? 3072 : 2048
  if (algorithm === 'RSA' && (bits < minBits || bits > 8192)) return [{ reason: 'csr-key-size' }]
  return csr.signatureValid ? [] : [{ reason: 'csr-signature-invalid' }]
}
