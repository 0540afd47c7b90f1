import { createPublicKey } from 'node:crypto'
import type { Random } from '@certtwin/mock-kit'
import { type CertificateInfo, fingerprint } from '@certtwin/mock-kit/x509'
import type { NewVersion } from '../api.generated.ts'
import type { ChainCertificateFacts, StoredVersion, VersionContent } from '../entities.ts'
import * as errors from './certificate-errors.ts'
import { parseCertificates, toCertificateFacts, toChainCertificateFacts } from './certificate-facts.ts'
import { readIdentification } from './identification.ts'
import { type KeyCipher, openPrivateKey } from './private-key.ts'
import { toSpki } from './public-key.ts'
import { isKeyWord, makeSelfSigned } from './self-signed.ts'

/** Under what circumstances a version is stored. */
export interface VersionContext {
  readonly nowMs: number
  readonly random: Random
  readonly cipher: KeyCipher
  /** The version that a new one inherits from; undefined while the certificate has none. */
  readonly latest: StoredVersion | undefined
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
export function readNewVersion(input: NewVersion, context: VersionContext): VersionContent {
  const upload = {
    certificate: textOf(input.certificate),
    privateKey: textOf(input.privateKey),
    chainCert: textOf(input.chainCert),
  }
  const isGenerated = upload.certificate?.trim().toUpperCase() === 'GENERATE'
  const hasKeyWord = upload.privateKey !== undefined && isKeyWord(upload.privateKey)
  if (isGenerated !== hasKeyWord) throw errors.emptyCertificate('generation-word-without-partner')
  const content = isGenerated ? generate(upload, input, context) : readUpload(upload, context)
  requireSameKind(content, context.latest)
  return content
}

function generate({ privateKey = '' }: Upload, input: NewVersion, context: VersionContext): VersionContent {
  const info = input.identificationInfo
  const identification = info === undefined ? context.latest?.identification : readIdentification(info)
  if (identification === undefined) throw errors.missingIdentification()
  return makeSelfSigned(privateKey, identification, context)
}

function readUpload(upload: Upload, { latest, cipher, nowMs }: VersionContext): VersionContent {
  requireSomething(upload, latest)
  const [leaf, ...rest] = upload.certificate === undefined ? [] : readCertificates(upload.certificate)
  const base = leaf === undefined ? latest! : toContent(leaf)
  const keepsChain = leaf === undefined && upload.chainCert === undefined
  const chain = keepsChain ? base.chain : readChain(base, rest, upload.chainCert, nowMs)
  if (leaf === undefined && upload.privateKey === undefined) return { ...base, chain }

  const spki = readKey(upload.privateKey, latest, cipher)
  if (spki === undefined || spki !== base.spki) throw errors.keyMismatch()
  return { ...base, chain }
}

/** A new certificate needs a certificate; a new version of one a certificate, a key or a chain. */
function requireSomething({ certificate, privateKey, chainCert }: Upload, latest: StoredVersion | undefined): void {
  const isNothingNew = privateKey === undefined && chainCert === undefined
  if (certificate === undefined && (latest === undefined || isNothingNew))
    throw errors.emptyCertificate('certificate-missing')
}

function readCertificates(pem: string): [CertificateInfo, ...CertificateInfo[]] {
  const certificates = parseCertificates(pem)
  if (certificates === undefined) throw errors.unreadableCertificate()
  return certificates
}

/** What followed the leaf, then `chainCert`, doubles dropped; the order of the sender, and not checked against the leaf. */
function readChain(
  content: VersionContent,
  rest: readonly CertificateInfo[],
  chainCert: string | undefined,
  nowMs: number,
): ChainCertificateFacts[] {
  const sent = chainCert === undefined ? [] : parseCertificates(chainCert)
  if (sent === undefined) throw errors.unreadableChain()
  const chain = distinctChain(content, [...rest, ...sent])
  if (chain.some((info) => info.notAfter.getTime() < nowMs)) throw errors.expiredChain()
  return chain.map(toChainCertificateFacts)
}

/** Each certificate once, and not the leaf. */
export function distinctChain(
  { certificate }: VersionContent,
  infos: readonly CertificateInfo[],
): readonly CertificateInfo[] {
  const chain = new Map(infos.map((info) => [fingerprint(info.der, 'sha1'), info]))
  if (certificate !== undefined) chain.delete(certificate.fingerprints.sha1)
  return [...chain.values()]
}

function readKey(
  privateKey: string | undefined,
  latest: StoredVersion | undefined,
  cipher: KeyCipher,
): string | undefined {
  if (privateKey !== undefined) return toSpki(openPrivateKey(privateKey, cipher))
  if (latest === undefined) throw errors.invalidKey('key-missing')
  return latest.spki
}

/** What an uploaded version with this leaf holds, the chain aside. */
export function toContent(leaf: CertificateInfo): VersionContent {
  return {
    origin: 'uploaded',
    certificate: toCertificateFacts(leaf),
    chain: [],
    spki: readSpki(leaf.spki),
    testKey: undefined,
    identification: undefined,
  }
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
