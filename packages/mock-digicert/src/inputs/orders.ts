import { type BodyProblem, bodyProblems, isRecord } from '@certtwin/mock-kit'
import type { CertificateValidity, Contact as ContactInput, OrderPlacement } from '../api.generated.ts'
import { parseDay } from '../domain/dates.ts'
import { normalizeName } from '../domain/names.ts'
import { usualOptions } from '../domain/options.ts'
import type { OrderWish } from '../domain/placing.ts'
import { anyProduct, chooseProduct, findProduct } from '../domain/product-choice.ts'
import type { AskedValidity } from '../domain/validity.ts'
import type { Contact, OrderOptions, User } from '../entities.ts'
import {
  expirationProblems,
  omitLaterMembers,
  platformProblems,
  refuseUnreadable,
  toValidityWish,
} from './duplicates.ts'
import { type Json, readKindly } from './kindly.ts'
import type { Product } from '../products.ts'
import type { Profile } from '../profiles.ts'
import { validatePlaceOrder } from '../validators.generated.js'

/**
 * The product that an order is for, by the path or, for `ssl`, by the body.
 *
 * @throws Refusal `not_found|product` or `ambiguous_product`
 */
export function parseProduct(pathValue: string, json: Json): Product {
  if (pathValue !== anyProduct) return findProduct(pathValue)
  const { product, certificate } = json
  const hint = isRecord(product) ? product['type_hint'] : undefined
  const { common_name: commonName, dns_names: dnsNames } = isRecord(certificate) ? certificate : {}
  return chooseProduct(typeof hint === 'string' ? hint : '', {
    commonName: typeof commonName === 'string' ? normalizeName(commonName) : '',
    dnsNames: Array.isArray(dnsNames) ? dnsNames.filter(isText).map(normalizeName) : [],
  })
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/**
 * Reads the body of an order.
 *
 * @throws Refusal with every member that is missing or cannot be read.
 */
export function parseOrder(json: Json, product: Product, profile: Profile, user: User): OrderWish {
  const kindly = readKindly(profile.readsLaterMembers ? json : omitLaterMembers(json))
  const validity = validityOf(kindly)
  refuseUnreadable([
    ...bodyProblems(validatePlaceOrder, kindly),
    ...platformProblems(kindly, product),
    ...expirationProblems(kindly),
    ...missingProblems(kindly, product),
    ...validityProblems(kindly, validity, profile),
  ])
  const body = kindly as OrderPlacement
  return {
    certificate: toCertificateWish(body.certificate, product),
    validity: validity!, // a missing one is a problem
    organizationId: product.validation === 'DV' ? undefined : body.organization?.id,
    containerId: body.container?.id,
    renewedOrderId: body.renewal_of_order_id,
    skipApproval: body.skip_approval ?? false,
    comments: body.comments,
    options: toOptions(body, user),
  }
}

function toCertificateWish(certificate: OrderPlacement['certificate'], product: Product): OrderWish['certificate'] {
  const { common_name, dns_names = [], csr, server_platform, signature_hash, cert_validity, ca_cert_id } = certificate
  return {
    commonName: product.isCodeSigning ? common_name.trim() : normalizeName(common_name),
    dnsNames: [...new Set(dns_names.map(normalizeName))],
    csr,
    serverPlatformId: server_platform?.id,
    signatureHash: signature_hash ?? 'sha256',
    validity: toValidityWish(cert_validity ?? {}),
    caCertId: ca_cert_id === '0' ? undefined : ca_cert_id,
  }
}

/** What is needed unless the domain alone is validated (documented). */
function missingProblems({ certificate, organization }: Json, { validation }: Product): BodyProblem[] {
  if (validation === 'DV') return []
  const lacksHash = isRecord(certificate) && certificate['signature_hash'] === undefined
  const lacksOrganization = organization === undefined || (isRecord(organization) && organization['id'] === undefined)
  const paths = [
    ...(lacksHash ? ['certificate.signature_hash'] : []),
    ...(lacksOrganization ? ['organization.id'] : []),
  ]
  return paths.map((path) => ({ kind: 'missing', path }))
}

/** The members that can say how long an order lasts; the first one that says anything counts (assumed). */
function validityOf(body: Json): AskedValidity | undefined {
  const { order_validity: whole, custom_expiration_date: date, validity_days: days, validity_years: years } = body
  const asked: readonly (readonly [path: string, validity: unknown])[] = [
    ['order_validity', whole],
    ['custom_expiration_date', { custom_expiration_date: date }],
    ['validity_days', { days }],
    ['validity_years', { years }],
  ]
  for (const [path, validity] of asked) {
    const wish = isRecord(validity) ? readableWish(validity) : {}
    if (Object.keys(wish).length > 0) return { path, wish }
  }
  return undefined
}

/** The part of it that can be read; the rest is a problem by itself. */
function readableWish({ years, days, custom_expiration_date: date }: Json): AskedValidity['wish'] {
  const readable: CertificateValidity = {
    ...(Number.isInteger(years) && { years: Number(years) }),
    ...(Number.isInteger(days) && { days: Number(days) }),
    ...(typeof date === 'string' && parseDay(date) !== undefined && { custom_expiration_date: date }),
  }
  return toValidityWish(readable)
}

function validityProblems(body: Json, validity: AskedValidity | undefined, profile: Profile): BodyProblem[] {
  const { custom_expiration_date: date, order_validity: whole, validity_days: days, validity_years: years } = body
  const isUnreadable = (text: unknown): boolean => typeof text === 'string' && parseDay(text) === undefined
  const inner = isRecord(whole) ? whole['custom_expiration_date'] : undefined
  const paths = [
    ...(isUnreadable(inner) ? ['order_validity.custom_expiration_date'] : []),
    ...(isUnreadable(date) ? ['custom_expiration_date'] : []),
  ]
  if (paths.length > 0) return paths.map((path) => ({ kind: 'unreadable', path }))
  // A number that is none is a problem by itself.
  const parts = isRecord(whole) ? [whole['years'], whole['days'], inner] : [whole]
  const isGiven = [...parts, date, days, years].some((member) => member !== undefined && member !== 0)
  if (validity !== undefined || isGiven) return []
  return [{ kind: 'missing', path: profile.validityMember }]
}

function toOptions(body: OrderPlacement, user: User): OrderOptions {
  const contacts = body.organization?.contacts ?? []
  const contactOf = (type: string): ContactInput | undefined =>
    contacts.find(({ contact_type }) => contact_type === type)
  const organizationContact = contactOf('organization_contact')
  const technicalContact = body.technical_contact ?? contactOf('technical_contact')
  const { alternative_order_id: alternativeOrderId, custom_fields: customFields = [] } = body
  return {
    ...usualOptions,
    organizationUnits: body.certificate.organization_units ?? [],
    ...(body.payment_method !== undefined && { paymentMethod: body.payment_method.toLowerCase() }),
    autoRenew: Boolean(body.auto_renew),
    disableRenewalNotifications: body.disable_renewal_notifications ?? false,
    additionalEmails: body.additional_emails ?? [],
    customFields: customFields.map(({ metadata_id, value = '' }) => ({ metadataId: metadata_id, value })),
    ...(alternativeOrderId !== undefined && { alternativeOrderId }),
    ...(organizationContact && { organizationContact: toContact(organizationContact, user) }),
    ...(technicalContact && { technicalContact: toContact(technicalContact, user) }),
  }
}

/** What a contact leaves out is taken from the one who places the order (assumed). */
function toContact(input: ContactInput, user: User): Contact {
  return {
    firstName: input.first_name ?? user.firstName,
    lastName: input.last_name ?? user.lastName,
    email: input.email ?? user.email,
    ...(input.job_title !== undefined && { jobTitle: input.job_title }),
    ...(input.telephone !== undefined && { telephone: input.telephone }),
    ...(input.telephone_extension !== undefined && { telephoneExtension: input.telephone_extension }),
  }
}
