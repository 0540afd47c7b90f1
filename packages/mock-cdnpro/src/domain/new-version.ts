import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Random } from '@certtwin/mock-kit'
import { type CertificateInfo, fingerprint } from '@certtwin/mock-kit/x509'
import type { NewVersion } from '../api.generated.ts'
import type { GenerationName } from '../edition.ts'
import type { ChainCertificateFacts, StoredVersion, VersionContent } from '../entities.ts'
import * as errors from './certificate-errors.ts'
import { parseCertificates, toCertificateFacts, toChainCertificateFacts } from './certificate-facts.ts'
import { readIdentification } from './identification.ts'
import type { KeyRing } from './key-ring.ts'
import { type PemField, requirePemForm } from './pem-form.ts'
import { type KeyCipher, openPrivateKey } from './private-key.ts'
import { toSpki } from './public-key.ts'
import { isKeyWord, makeSelfSigned } from './self-signed.ts'

/** Under what circumstances a version is stored. */
export interface VersionContext {
  readonly nowMs: number
  readonly random: Random
  readonly generation: GenerationName
  readonly cipher: KeyCipher
  readonly keys: KeyRing
  /** Whether the certificate holds authorities alone. */
  readonly caOnly: boolean
  /** The version that a new one inherits from; undefined while the certificate has none. */
  readonly latest: StoredVersion | undefined
}

/** What a version is to hold, and the private key to remember for it; undefined where none is known. */
export interface KeyedContent {
  readonly content: VersionContent
  readonly privateKey: KeyObject | undefined
}

/** The texts of a new version; a blank one counts as absent. */
interface Upload {
  readonly certificate: string | undefined
  readonly privateKey: string | undefined
  readonly chainCert: string | undefined
}

/**
 * The content of a new version, in the vendor's order of checks (assumed): presence, certificate, chain, key,
 * identification, pair, kind of key. What is absent comes from the latest version.
 *
 * @throws Refusal
 */
export function readNewVersion(input: NewVersion, context: VersionContext): KeyedContent {
  const upload = {
    certificate: textOf(input.certificate),
    privateKey: textOf(input.privateKey),
    chainCert: textOf(input.chainCert),
  }
  if (context.caOnly) return { content: readAuthorities(upload, context), privateKey: undefined }
  const isGenerated = upload.certificate?.trim().toUpperCase() === 'GENERATE'
  const hasKeyWord = upload.privateKey !== undefined && isKeyWord(upload.privateKey)
  if (isGenerated !== hasKeyWord) throw errors.emptyCertificate('generation-word-without-partner')
  const keyed = isGenerated ? generate(upload, input, context) : readUpload(upload, context)
  requireSameKind(keyed.content, context.latest)
  return keyed
}

/** A version of authorities alone has nothing but a chain. */
function readAuthorities(upload: Upload, context: VersionContext): VersionContent {
  if (upload.privateKey !== undefined) throw errors.unwantedForCaOnly('privateKey')
  if (upload.certificate !== undefined) throw errors.unwantedForCaOnly('certificate')
  if (upload.chainCert === undefined) throw errors.emptyChain()
  return { ...authoritiesAlone, chain: readChain(authoritiesAlone, [], upload.chainCert, context) }
}

/** What a version is without a certificate of its own. */
export const authoritiesAlone: VersionContent = {
  origin: 'uploaded',
  certificate: undefined,
  chain: [],
  spki: undefined,
  testKey: undefined,
  identification: undefined,
}

function generate({ privateKey = '' }: Upload, input: NewVersion, context: VersionContext): KeyedContent {
  const info = input.identificationInfo
  const identification = info === undefined ? context.latest?.identification : readIdentification(info)
  if (identification === undefined) throw errors.missingIdentification()
  return makeSelfSigned(privateKey, identification, context)
}

function readUpload(upload: Upload, context: VersionContext): KeyedContent {
  const { latest, keys } = context
  requireSomething(upload, latest)
  const [leaf, ...rest] = upload.certificate === undefined ? [] : readCertificates(upload.certificate, context)
  const base = leaf === undefined ? latest! : toContent(leaf)
  const keepsChain = leaf === undefined && upload.chainCert === undefined
  const chain = keepsChain ? base.chain : readChain(base, rest, upload.chainCert, context)
  if (leaf === undefined && upload.privateKey === undefined) {
    return { content: { ...base, chain }, privateKey: undefined }
  }
  const { publicKey, privateKey } = readKey(upload.privateKey, context)
  if (publicKey === undefined || publicKey !== keys.publicKeyOf(base)) throw errors.keyMismatch()
  return { content: { ...base, chain }, privateKey }
}

/** A new certificate needs a certificate; a new version of one a certificate, a key or a chain. */
function requireSomething({ certificate, privateKey, chainCert }: Upload, latest: StoredVersion | undefined): void {
  const isNothingNew = privateKey === undefined && chainCert === undefined
  if (certificate === undefined && (latest === undefined || isNothingNew))
    throw errors.emptyCertificate('certificate-missing')
}

function readCertificates(pem: string, context: VersionContext): [CertificateInfo, ...CertificateInfo[]] {
  const certificates = parsePemField(pem, 'certificate', context)
  if (certificates === undefined) throw errors.unreadableCertificate()
  return certificates
}

function parsePemField(
  pem: string,
  field: PemField,
  { generation }: VersionContext,
): ReturnType<typeof parseCertificates> {
  requirePemForm(pem, field, generation)
  return parseCertificates(pem)
}

/** What followed the leaf, then `chainCert`, doubles dropped; the order of the sender, and not checked against the leaf. */
function readChain(
  content: VersionContent,
  rest: readonly CertificateInfo[],
  chainCert: string | undefined,
  context: VersionContext,
): ChainCertificateFacts[] {
  const sent = chainCert === undefined ? [] : parsePemField(chainCert, 'chainCert', context)
  if (sent === undefined) throw errors.unreadableChain()
  const chain = distinctChain(content, [...rest, ...sent])
  if (chain.some((info) => info.notAfter.getTime() < context.nowMs)) throw errors.expiredChain()
  return chain.map(toChainCertificateFacts)
}

/** Each certificate once, and not the leaf. */
export function distinctChain(
  { certificate }: VersionContent,
  infos: readonly CertificateInfo[],
): readonly CertificateInfo[] {
  const chain = new Map(infos.map((info) => [fingerprint(info.der, 'sha256'), info]))
  if (certificate !== undefined) chain.delete(certificate.fingerprints.sha256)
  return [...chain.values()]
}

interface KeyPair {
  readonly publicKey: string | undefined
  readonly privateKey: KeyObject | undefined
}

/** The key that was sent, or else that of the latest version, of which the private half need not be known. */
function readKey(sent: string | undefined, { latest, cipher, generation, keys }: VersionContext): KeyPair {
  if (sent !== undefined) {
    const privateKey = openPrivateKey(sent, cipher, generation)
    return { publicKey: toSpki(createPublicKey(privateKey)), privateKey }
  }
  if (latest === undefined) throw errors.invalidKey('key-missing', generation)
  return { publicKey: keys.publicKeyOf(latest), privateKey: keys.privateKeyOf(latest) }
}

/** What an uploaded version with this leaf holds, the chain aside. */
export function toContent(leaf: CertificateInfo): VersionContent {
  return { ...authoritiesAlone, certificate: toCertificateFacts(leaf), spki: readSpki(leaf.spki) }
}

/** Undefined for a kind of key that Node does not know: no private key can fit it. */
function readSpki(spki: Uint8Array): string | undefined {
  try {
    return toSpki(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))
  } catch {
    return undefined
  }
}

function requireSameKind({ certificate }: VersionContent, latest: StoredVersion | undefined): void {
  const [before, after] = [latest?.certificate?.keyAlgorithm, certificate?.keyAlgorithm]
  if (before !== undefined && after !== undefined && before !== after) throw errors.keyKindChanged(before, after)
}

function textOf(text: string | undefined): string | undefined {
  return text?.trim() === '' ? undefined : text
}
