import type { KeyObject } from 'node:crypto'
import { signBy } from './build.ts'
import { readDer } from './der-reader.ts'
import { enumerated, explicit, generalizedTime, implicit, octetString, oid, sequence, element } from './der.ts'
import { extension, keyId } from './extensions.ts'
import { oids } from './oids.ts'
import { readSpki } from './public-key.ts'
import { type Revocation, revocationReasons, type StatusPeriod } from './revocation.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'

/** What is known of a certificate; `'unknown'` for one that nobody issued here. */
export type CertificateStatus = 'good' | 'unknown' | Revocation

/** The status of one certificate, `id` being the DER of the CertID that was asked about. */
export interface OcspAnswer {
  readonly id: Uint8Array
  readonly status: CertificateStatus
}

/** Who signs the answers of OCSP in the place of an authority. */
export interface OcspSigner {
  readonly key: KeyObject
  /** DER; it is sent along. */
  readonly certificate: Uint8Array
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
}

const failures = { malformedRequest: 1, unauthorized: 6 } as const

const empty = new Uint8Array()

/** An answer that says no more than why there is none; nobody signs it. */
export function encodeOcspFailure(failure: keyof typeof failures): Uint8Array {
  return new Uint8Array(sequence([enumerated(failures[failure])]))
}

/**
 * Signs the status of certificates with SHA-256 (RFC 6960 §4.2) and returns the DER.
 *
 * @param nonce - the value of the request's extension, if there was one
 */
export function signOcspResponse(
  answers: readonly OcspAnswer[],
  period: StatusPeriod,
  nonce: Uint8Array | undefined,
  { key, certificate, spki }: OcspSigner,
): Uint8Array {
  const data = sequence([
    explicit(2, octetString(keyId(readSpki(readDer(spki))))),
    generalizedTime(period.thisUpdate),
    sequence(answers.map((answer) => encodeAnswer(answer, period))),
    ...(nonce === undefined ? [] : [explicit(1, sequence([extension(oid(oids.ocspNonce), nonce)]))]),
  ])
  const signed = sequence([
    data,
    issuerAlgorithm(key, 'sha256'),
    signBy(key, 'sha256', data),
    explicit(0, sequence([certificate])),
  ])
  const success = [enumerated(0), explicit(0, sequence([oid(oids.ocspBasic), octetString(signed)]))]
  return new Uint8Array(sequence(success))
}

function encodeAnswer({ id, status }: OcspAnswer, { thisUpdate, nextUpdate }: StatusPeriod): Uint8Array {
  return sequence([id, encodeStatus(status), generalizedTime(thisUpdate), explicit(0, generalizedTime(nextUpdate))])
}

function encodeStatus(status: CertificateStatus): Uint8Array {
  if (status === 'good') return implicit(0, empty)
  if (status === 'unknown') return implicit(2, empty)
  const { revokedAt, reason } = status
  const code = revocationReasons[reason]
  return element(0xa1, [generalizedTime(revokedAt), ...(code === 0 ? [] : [explicit(0, enumerated(code))])])
}
