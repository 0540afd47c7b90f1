import type { Certificate, Issued, SignatureHash, ValidityWish } from '../entities.ts'
import { type Problem, Refusal } from '../errors.ts'
import { type CaCertId, isCaCertId } from '../intermediates.ts'
import type { Product } from '../products.ts'
import { findServerPlatform, otherPlatformId } from '../server-platforms.ts'
import { csrProblems, readCsr } from './csr.ts'
import { isSameName, nameProblems, type Names, nameSyntaxProblems } from './names.ts'
import { type Validity, validityProblems } from './validity.ts'

/** The certificate that a caller asks for, read but not yet judged. */
export interface CertificateWish {
  readonly csr: string
  readonly serverPlatformId: number | undefined
  readonly signatureHash: string
  readonly validity: ValidityWish
  readonly caCertId: string | undefined
}

/** What a caller asks for. Members that are missing take the order's value or the default. */
export interface DuplicateWish extends CertificateWish {
  readonly commonName: string
  readonly dnsNames: readonly string[] | undefined
  readonly skipApproval: boolean
  readonly comments: string | undefined
}

/** What the order, its product and the rules made of a wish. */
export type Specification = Pick<
  Certificate,
  | 'commonName'
  | 'dnsNames'
  | 'csr'
  | 'spki'
  | 'keyBits'
  | 'serverPlatformId'
  | 'signatureHash'
  | 'caCertId'
  | 'validityWish'
>

const signatureHashes: readonly SignatureHash[] = ['sha256', 'sha384', 'sha512']

/** What of a wish is judged beside the certificate itself. */
export interface Judged {
  readonly names: Names
  readonly nameProblems: readonly Problem[]
  readonly validityProblems: readonly Problem[]
  /** The intermediate to issue from when the caller names none. */
  readonly caCertId: CaCertId
}

/**
 * Judges a wish against the order's product and its primary certificate.
 *
 * @param longest - from today to the end of the order
 * @throws Refusal with everything that is wrong, in the order in which the vendor's table lists the members.
 */
export function specify(product: Product, primary: Issued, wish: DuplicateWish, longest: Validity): Specification {
  const names = namesOf(product, primary, wish)
  return specifyCertificate(product, wish, {
    names,
    nameProblems: nameProblems(product, primary, names),
    validityProblems: validityProblems(longest.validTill, longest.validFrom, wish.validity),
    caCertId: primary.caCertId,
  })
}

/**
 * Judges a wish for a reissue: as that for a duplicate, but any name will do.
 *
 * @param longest - from today to the end of the order
 * @throws Refusal with everything that is wrong, as above
 */
export function specifyReissue(
  product: Product,
  primary: Issued,
  wish: DuplicateWish,
  longest: Validity,
): Specification {
  const names = namesOf(product, primary, wish)
  return specifyCertificate(product, wish, {
    names,
    nameProblems: nameSyntaxProblems(product, names),
    validityProblems: validityProblems(longest.validTill, longest.validFrom, wish.validity),
    caCertId: primary.caCertId,
  })
}

/**
 * Judges what a certificate shall be like, whose names and validity are judged already.
 *
 * @param further - what is wrong beside it
 * @throws Refusal with everything that is wrong, in the order in which the vendor's table lists the members.
 */
export function specifyCertificate(
  product: Product,
  wish: CertificateWish,
  judged: Judged,
  further: readonly Problem[] = [],
): Specification {
  const csr = readCsr(wish.csr)
  const platform = findServerPlatform(wish.serverPlatformId ?? otherPlatformId)
  const signatureHash = readSignatureHash(wish.signatureHash, product)
  const caCertId = wish.caCertId ?? judged.caCertId
  const problems: readonly Problem[] = [
    ...judged.nameProblems,
    ...csrProblems(csr, product),
    ...problemIf(platform === undefined, 'server-platform-invalid'),
    ...problemIf(signatureHash === undefined, 'signature-hash-invalid'),
    ...judged.validityProblems,
    ...problemIf(!isCaCertId(caCertId), 'ca-certificate-unknown'),
    ...further,
  ]
  const isComplete = csr !== undefined && platform !== undefined && signatureHash !== undefined && isCaCertId(caCertId)
  if (!isComplete || problems.length > 0) throw new Refusal(problems)
  return {
    ...judged.names,
    csr: csr.text, // of all that are equal the one text that is remembered
    spki: csr.spki,
    keyBits: csr.publicKey.bits,
    serverPlatformId: platform.id,
    signatureHash,
    caCertId,
    validityWish: wish.validity,
  }
}

function problemIf(isWrong: boolean, reason: Problem['reason']): Problem[] {
  return isWrong ? [{ reason }] : []
}

function namesOf(product: Product, primary: Issued, { commonName, dnsNames }: DuplicateWish): Names {
  return { commonName, dnsNames: dnsNames ?? originalNames(product, primary, commonName) }
}

/** The further names of the original; its common name joins them when another name takes that place. */
function originalNames(product: Product, { commonName, dnsNames }: Names, requested: string): readonly string[] {
  const isKept = isSameName(product, requested, commonName) || dnsNames.includes(commonName)
  return isKept ? dnsNames : [commonName, ...dnsNames]
}

/** Enumerations are read without case and underscores (assumed); code signing has one hash (documented). */
function readSignatureHash(text: string, product: Product): SignatureHash | undefined {
  const wanted = text.toLowerCase().replaceAll('_', '')
  const hash = signatureHashes.find((name) => name === wanted)
  return product.isCodeSigning && hash !== 'sha256' ? undefined : hash
}
