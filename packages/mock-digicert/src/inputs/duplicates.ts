import { type BodyProblem, bodyProblems, isRecord, type Validator } from '@certtwin/mock-kit'
import type { CertificateValidity, DuplicateRequest, RequestStatusUpdate } from '../api.generated.ts'
import { parseDay } from '../domain/dates.ts'
import { normalizeName } from '../domain/names.ts'
import type { StatusUpdate } from '../domain/requests.ts'
import type { DuplicateWish } from '../domain/specification.ts'
import type { ValidityWish } from '../entities.ts'
import { refuse, refuseIfAny } from '../errors.ts'
import { type Json, readKindly } from './kindly.ts'
import type { Product } from '../products.ts'
import type { Profile } from '../profiles.ts'
import { validateReissueOrder, validateRequestDuplicate, validateUpdateRequestStatus } from '../validators.generated.js'

/** The members in the order of the vendor's table, which is the order of errors. */
const tableOrder = [
  'certificate.common_name',
  'certificate.dns_names',
  'certificate.csr',
  'certificate.server_platform',
  'certificate.signature_hash',
  'certificate.cert_validity',
  'certificate.ca_cert_id',
  'organization',
  'order_validity',
  'custom_expiration_date',
  'validity_days',
  'validity_years',
  'container',
  'skip_approval',
  'comments',
]

/**
 * Reads the body of a duplicate request.
 *
 * @throws Refusal with every member that is missing or cannot be read.
 */
export function parseDuplicateRequest(json: Json, product: Product, profile: Profile): DuplicateWish {
  return parseCertificateRequest(validateRequestDuplicate, json, product, profile)
}

/**
 * Reads the body of a reissue, which is like that of a duplicate.
 *
 * @throws Refusal with every member that is missing or cannot be read.
 */
export function parseReissueRequest(json: Json, product: Product, profile: Profile): DuplicateWish {
  return parseCertificateRequest(validateReissueOrder, json, product, profile)
}

function parseCertificateRequest(validate: Validator, json: Json, product: Product, profile: Profile): DuplicateWish {
  const body = readKindly(profile.readsLaterMembers ? json : omitLaterMembers(json))
  const missing = bodyProblems(validate, body)
  refuseUnreadable([...missing, ...platformProblems(body, product), ...expirationProblems(body)])
  const { certificate, skip_approval, comments } = body as DuplicateRequest
  const { common_name, dns_names, csr, server_platform, signature_hash, cert_validity, ca_cert_id } = certificate
  return {
    // A code signing certificate is for an organization, whose name is free text.
    commonName: product.isCodeSigning ? common_name.trim() : normalizeName(common_name),
    dnsNames: dns_names && [...new Set(dns_names.map(normalizeName))],
    csr,
    serverPlatformId: server_platform?.id,
    signatureHash: signature_hash,
    validity: toValidityWish(cert_validity ?? {}),
    caCertId: ca_cert_id === '0' ? undefined : ca_cert_id,
    skipApproval: skip_approval ?? false,
    comments,
  }
}

/**
 * Reads the body of a decision on a request.
 *
 * @throws Refusal when `status` is missing, or a member cannot be read.
 */
export function parseStatusUpdate(json: Json): StatusUpdate {
  const body = readKindly(json)
  refuseUnreadable(bodyProblems(validateUpdateRequestStatus, body))
  const { status, processor_comment } = body as RequestStatusUpdate
  return { status, comment: processor_comment }
}

const queryFlags: ReadonlyMap<string, boolean> = new Map([
  ['', false],
  ['0', false],
  ['1', true],
  ['false', false],
  ['true', true],
])

/**
 * Reads a query parameter as a boolean; false when it is missing or empty.
 *
 * @throws Refusal `invalid_param:<name>`
 */
export function parseFlag(name: string, text: string = ''): boolean {
  const flag = queryFlags.get(text.toLowerCase())
  if (flag === undefined) throw refuse('param-invalid', name)
  return flag
}

/** @throws Refusal with all of them, in the order of the vendor's table */
export function refuseUnreadable(problems: readonly BodyProblem[]): void {
  const place = ({ path }: BodyProblem): number =>
    tableOrder.findIndex((member) => path === member || path.startsWith(`${member}.`))
  const sorted = problems.toSorted((one, other) => place(one) - place(other))
  refuseIfAny(
    sorted.map(({ kind, path }) => ({ reason: kind === 'missing' ? 'param-missing' : 'param-invalid', detail: path })),
  )
}

/** A platform has to be named for code signing (documented). */
export function platformProblems({ certificate }: Json, product: Product): BodyProblem[] {
  const isMissing = product.isCodeSigning && isRecord(certificate) && certificate['server_platform'] === undefined
  return isMissing ? [{ kind: 'missing', path: 'certificate.server_platform' }] : []
}

/** A last day that is none. */
export function expirationProblems({ certificate }: Json): BodyProblem[] {
  const validity = isRecord(certificate) ? certificate['cert_validity'] : undefined
  const date = isRecord(validity) ? validity['custom_expiration_date'] : undefined
  const isUnreadable = typeof date === 'string' && parseDay(date) === undefined
  return isUnreadable ? [{ kind: 'unreadable', path: 'certificate.cert_validity.custom_expiration_date' }] : []
}

export function toValidityWish({ years, days, custom_expiration_date: date }: CertificateValidity): ValidityWish {
  return {
    ...(years ? { years } : {}),
    ...(days ? { days } : {}),
    ...(date === undefined ? {} : { lastDay: parseDay(date)! }),
  }
}

/** An earlier generation of the API does not look at these, whatever they hold. */
export function omitLaterMembers(json: Json): Json {
  if (!isRecord(json['certificate'])) return json
  const { cert_validity: _validity, ca_cert_id: _ca, ...certificate } = json['certificate']
  return { ...json, certificate }
}
