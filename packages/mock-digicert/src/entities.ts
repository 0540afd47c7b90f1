// What the twin remembers: values that JSON can hold, which name one another by id. Dates are whole days in UTC (`Day`) or
// milliseconds since the epoch (`…Ms`).
import type { CaCertId } from './intermediates.ts'

/** Days since 1970-01-01 in UTC. */
export type Day = number

export interface Account {
  readonly id: number
  /** Nothing is issued without an approval here, whoever asks and however. */
  readonly alwaysNeedsApproval: boolean
}

/** Who certificates are issued to. */
export interface Organization {
  readonly id: number
  /** Those that may order for it. */
  readonly accountIds: readonly number[]
  readonly name: string
  readonly assumedName?: string
  readonly city: string
  readonly state: string
  /** Two letters, in lower case. */
  readonly country: string
}

/** A domain that was submitted for validation. */
export interface Domain {
  readonly id: number
  readonly name: string
  readonly organizationId: number
  readonly containerId: number
  readonly createdMs: number
}

/** A custom field of the orders of an account. */
export interface MetadataField {
  readonly id: number
  readonly accountId: number
  readonly label: string
}

export interface Container {
  readonly id: number
  readonly accountId: number
  readonly name: string
  /** Requests need no approval. */
  readonly approvesAtOnce: boolean
  /** Domain and organization validation are current. */
  readonly isValidated: boolean
}

export type Role = 'administrator' | 'limited' | 'finance' | 'manager' | 'standard'

export interface User {
  readonly id: number
  readonly accountId: number
  readonly role: Role
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly jobTitle: string
  readonly telephone: string
  readonly lastLoginMs: number
  /** The vendor knows this person: they may approve EV and code signing, whatever their role. */
  readonly isVerified?: boolean
}

/**
 * What a key may do within the limits of its user's role: 0 all, 100 orders, 101 orders, domains and organizations, 102 read,
 * 103 users alone.
 */
export type KeyRestriction = 0 | 100 | 101 | 102 | 103

export interface ApiKey {
  readonly apiKey: string
  readonly userId: number
  readonly restriction: KeyRestriction
  /** Where an order goes that names no container; the first one of the account unless given. */
  readonly containerId?: number
}

export type SignatureHash = 'sha256' | 'sha384' | 'sha512'

/** What a certificate got when it was issued; the certificate itself follows from it. */
export interface Issuance {
  /** 32 hex digits in upper case. */
  readonly serialNumber: string
  readonly validFrom: Day
  readonly validTill: Day
  readonly issuedMs: number
  /** Where the certificate says that it is told whether it is revoked; missing when the twin had no address as it was issued. */
  readonly published?: { readonly url: string; readonly world: string }
  /** What the organization was called as it was issued; missing where the certificate says nothing of one. */
  readonly organization?: string
}

/** How long something shall be valid from its day of issue, or until when; the most exact member counts. */
export interface ValidityWish {
  readonly years?: number
  readonly days?: number
  readonly lastDay?: Day
}

/** Why a certificate was revoked, by the names that CRLs and OCSP answers have for it. */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'

export interface Revocation {
  readonly atMs: number
  readonly reason: RevocationReason
}

export interface Certificate {
  readonly id: number
  readonly orderId: number
  readonly commonName: string
  /** As asked for: the common name is in it only if the caller put it there. */
  readonly dnsNames: readonly string[]
  /** As sent, byte for byte. */
  readonly csr: string
  /** DER SubjectPublicKeyInfo, in base64. */
  readonly spki: string
  readonly keyBits: number
  readonly serverPlatformId: number
  readonly signatureHash: SignatureHash
  readonly caCertId: CaCertId
  readonly requesterId: number
  readonly createdMs: number
  readonly validityWish: ValidityWish
  readonly status: 'pending' | 'issued' | 'rejected' | 'revoked'
  /** Stays the same object through all changes: what was made from it is found by it. */
  readonly issuance?: Issuance
  /** There as soon as the status is `revoked`. */
  readonly revocation?: Revocation
  /** Left out of lists, unless somebody asks for it. */
  readonly isArchived?: boolean
}

/** A certificate that was issued, whatever became of it. */
export type Issued<Kind extends Certificate = Certificate> = Kind & { readonly issuance: Issuance }

export interface Duplicate extends Certificate {
  /** Its place among the order's duplicates. */
  readonly subId: number
  readonly publicId: string
}

/** `expired` is not stored: it follows from the clock. */
export type OrderStatus =
  | 'needsApproval'
  | 'pending'
  | 'processing'
  | 'issued'
  | 'reissuePending'
  | 'rejected'
  | 'canceled'
  | 'revoked'

/** Who somebody is to talk to. */
export interface Contact {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly jobTitle?: string
  readonly telephone?: string
  readonly telephoneExtension?: string
}

export interface CustomField {
  readonly metadataId: number
  readonly value: string
}

/** What was asked for with an order and has no effect on its certificates. */
export interface OrderOptions {
  readonly organizationUnits: readonly string[]
  readonly paymentMethod: string
  readonly autoRenew: boolean
  readonly disableRenewalNotifications: boolean
  readonly additionalEmails: readonly string[]
  readonly customFields: readonly CustomField[]
  readonly alternativeOrderId?: string
  readonly organizationContact?: Contact
  readonly technicalContact?: Contact
}

export interface Order {
  readonly id: number
  readonly accountId: number
  readonly containerId: number
  readonly productId: string
  readonly status: OrderStatus
  /** When it got that status. */
  readonly statusChangedMs: number
  readonly primaryId: number
  /** The highest place of a duplicate; 0 while there is none. */
  readonly lastSubId: number
  /** Who placed it. */
  readonly requesterId: number
  readonly createdMs: number
  /** Who its certificates are for; nobody where the domain alone is validated. */
  readonly organizationId?: number
  /** How long the order lasts from the day on which its first certificate is issued. */
  readonly validity: ValidityWish
  /** Its last day; there as soon as its first certificate is issued, which may end earlier. */
  readonly validTill?: Day
  /** The order that it takes over from. */
  readonly renewedOrderId?: number
  readonly options: OrderOptions
}

export interface RequestedRevocation {
  /** One certificate, or the order with all that was issued on it. */
  readonly scope: 'certificate' | 'order'
  readonly reason: RevocationReason
}

/** Something that needed, or would have needed, an approval. */
export interface RequestRecord {
  readonly id: number
  readonly orderId: number
  readonly type: 'newRequest' | 'duplicate' | 'reissue' | 'revoke'
  /** What is issued, or revoked, on approval; the primary certificate where the whole order is to be revoked. */
  readonly certificateId: number
  /** What the order was once this request was made; later changes are not seen here. */
  readonly orderStatus: OrderStatus
  /** What a request of the type `revoke` is to revoke, and why. */
  readonly revocation?: RequestedRevocation
  readonly requesterId: number
  readonly createdMs: number
  readonly comments?: string
  /** `submitted` waits for the first of two approvals; only seeds have it. */
  readonly status: 'submitted' | 'pending' | 'approved' | 'rejected'
  readonly processing?: { readonly processorId: number; readonly processedMs: number; readonly comment?: string }
}

/** Ids for new entities: the next number, or the one that is kept for the first entity on an order. */
export interface Sequence {
  readonly next: number
  /** By the order's id. */
  readonly reserved: Readonly<Record<number, number>>
}
