import { hash } from 'node:crypto'
import type { Issuer } from './build.ts'
import { integerToHex } from './certificate.ts'
import { DerError } from './der-reader.ts'
import { type OcspQuestion, type OcspRequest, parseOcspRequest } from './ocsp-request.ts'
import { type CertificateStatus, encodeOcspFailure, type OcspSigner, signOcspResponse } from './ocsp-response.ts'
import type { StatusPeriod } from './revocation.ts'

/** An authority that may have issued what is asked about. Its keys may be slow to make, so it is opened when its name fits. */
export interface Candidate<Chain> {
  readonly chain: Chain
  /** DER. */
  readonly name: Uint8Array
  readonly open: () => { readonly issuer: Issuer; readonly responder: () => OcspSigner }
}

/** Who may answer, and what they know of a certificate by its serial number, which is spelled as in `CertificateInfo`. */
export interface Knowledge<Chain> {
  readonly candidates: readonly Candidate<Chain>[]
  readonly statusOf: (chain: Chain, serialNumber: string) => CertificateStatus
}

/** Answers a request of OCSP, both in DER; a request that is none, or about nobody's certificates here, gets a bare refusal. */
export function answerOcsp<Chain>(
  der: Uint8Array,
  period: StatusPeriod,
  { candidates, statusOf }: Knowledge<Chain>,
): Uint8Array {
  const request = readRequest(der)
  if (request === undefined) return encodeOcspFailure('malformedRequest')
  const authority = findAuthority(candidates, request)
  if (authority === undefined) return encodeOcspFailure('unauthorized')
  const answers = request.questions.map((question) => ({
    id: question.id,
    status: isIssuer(authority, question) ? statusOf(authority.chain, integerToHex(question.serialNumber)) : 'unknown',
  }))
  return signOcspResponse(answers, period, request.nonce, authority.open().responder())
}

function readRequest(der: Uint8Array): OcspRequest | undefined {
  try {
    return parseOcspRequest(der)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** That of the first certificate that any of them has issued. */
function findAuthority<Chain>(
  candidates: readonly Candidate<Chain>[],
  { questions }: OcspRequest,
): Candidate<Chain> | undefined {
  for (const question of questions) {
    const candidate = candidates.find((each) => isIssuer(each, question))
    if (candidate !== undefined) return candidate
  }
  return undefined
}

function isIssuer({ name, open }: Candidate<unknown>, question: OcspQuestion): boolean {
  const { hash: algorithm, issuerNameHash, issuerKeyHash } = question
  if (algorithm === undefined || !isHashOf(algorithm, name, issuerNameHash)) return false
  return isHashOf(algorithm, open().issuer.keyOctets, issuerKeyHash)
}

function isHashOf(algorithm: string, octets: Uint8Array, expected: Uint8Array): boolean {
  return hash(algorithm, octets, 'buffer').equals(expected)
}
