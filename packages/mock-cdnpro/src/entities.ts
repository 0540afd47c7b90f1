// What the twin remembers: values that JSON can hold.
import type { Life } from '@certtwin/mock-kit'

/** A user of the API and what it may do: everything, read only, or nothing since the service was never switched on for it. */
export interface User {
  readonly username: string
  readonly customerId: number
  readonly access: 'full' | 'read-only' | 'none'
}

/** What a user signs with. */
export interface Credential {
  readonly username: string
  /** Private keys are encrypted under it, whatever the request is signed with. */
  readonly apiKey: string
  /** A name of its own for the user, under which it signs with the secret key; undefined together with that. */
  readonly accessKey: string | undefined
  readonly secretKey: string | undefined
}

/** A user with its keys, as callers name it; what the twin remembers is in two places. */
export interface Account extends User {
  readonly apiKey: string
  /** The pair of the other scheme, apart, so that a client that is given the rest signs by the documented one. */
  readonly keys?: { readonly accessKey: string; readonly secretKey: string }
}

export const environments = ['staging', 'production'] as const

export type Environment = (typeof environments)[number]

/** Which number is live in which environment; of a certificate its version, of a property likewise. */
export type LiveVersions = { readonly [environment in Environment]?: number }

/** What is shown of a chain certificate. */
export interface ChainCertificateFacts {
  readonly subject: string
  readonly expiresAtMs: number
  readonly signatureAlgorithm: string
  readonly issuer: string
}

/** What is shown of a certificate, in the wire's spelling of names and algorithms. */
export interface CertificateFacts extends ChainCertificateFacts {
  readonly serialNumber: string
  /** Which one is shown depends on the generation and on when the version was stored. */
  readonly fingerprints: { readonly sha1: string; readonly sha256: string }
  readonly keyAlgorithm: string
  readonly keyBits: number
  readonly dnsNames: readonly string[]
}

/** A key that the twin makes for itself on first use. */
export type TestKeyName = 'rsa-2048' | 'rsa-4096' | 'p-256'

/** The private half of a version's key. */
export interface StoredPrivateKey {
  readonly customerId: number
  /** DER as Base64, never encrypted. */
  readonly pkcs8: string
}

/** The names that a self-signed certificate was made from. */
export interface Identification {
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly country: string | undefined
  readonly state: string | undefined
  readonly city: string | undefined
  readonly company: string | undefined
  readonly department: string | undefined
  readonly email: string | undefined
}

/** What a version holds, apart from its number and the circumstances of its storing. */
export interface VersionContent {
  readonly origin: 'uploaded' | 'self-signed'
  /** Undefined in a certificate for client verification, which has a chain alone. */
  readonly certificate: CertificateFacts | undefined
  readonly chain: readonly ChainCertificateFacts[]
  /** The public key, as `toSpki()` writes it; undefined where there is none, or one of a kind that Node does not know. */
  readonly spki: string | undefined
  /** What stands behind a version of the seed data, which has no certificate to take a key from. */
  readonly testKey: TestKeyName | undefined
  readonly identification: Identification | undefined
}

/** A version, immutable once stored. */
export interface StoredVersion extends VersionContent {
  readonly version: number
  readonly createdAtMs: number
  readonly comments: string | undefined
}

export interface StoredCertificate {
  readonly id: string
  readonly customerId: number
  readonly name: string
  readonly description: string
  readonly autoRenew: 'LE' | 'Off'
  readonly forceRenew: boolean
  /** Holds certificate authorities alone, to verify clients by. */
  readonly caOnly: boolean
  readonly sharing: Sharing
  readonly createdAtMs: number
  /** When it was last changed by its owner; a deployment is no such change. */
  readonly updatedAtMs: number
  /** When `autoRenew` or `forceRenew` was set to what it is; nothing is due for renewal before. */
  readonly renewalSetAtMs: number
  /** Ascending and without gaps; never empty. */
  readonly versions: readonly StoredVersion[]
  readonly live: LiveVersions
  /** The versions that were ever live anywhere, ascending. */
  readonly deployedVersions: readonly number[]
}

/** With which other customers a certificate is shared. */
export interface Sharing {
  readonly method: 'all' | 'none' | 'some'
  /** Empty unless the method is `some`. */
  readonly customerIds: readonly number[]
}

/** Immutable once stored; a draft until a deployment takes it somewhere. */
export interface PropertyVersion {
  readonly hostnames: readonly string[]
  /** What the site is made of, as it was sent: `tlsCertificateId` names its certificate, the rest is nobody's business here. */
  readonly configs: Readonly<Record<string, unknown>>
}

/** A site of a customer. Its versions are counted from 1. */
export interface StoredProperty {
  readonly id: string
  readonly customerId: number
  readonly versions: readonly PropertyVersion[]
  readonly live: LiveVersions
}

export type CertificateActionName = 'deploy_cert' | 'remove_cert'
export type PropertyActionName = 'deploy_property' | 'remove_property'

interface TaskActionOf<Name> {
  readonly action: Name
  /** The certificate or the property. */
  readonly id: string
  /** As it was sent: answers repeat it in the same JSON type. */
  readonly version: string | number | undefined
}

export type TaskAction = TaskActionOf<CertificateActionName> | TaskActionOf<PropertyActionName>

export type TaskStatus = 'waiting' | 'in-progress' | 'succeeded' | 'failed'

export interface StoredTask {
  readonly id: string
  readonly customerId: number
  readonly name: string | undefined
  readonly webhook: string | undefined
  readonly target: Environment
  readonly actions: readonly TaskAction[]
  readonly submittedAtMs: number
  readonly apiRequestId: string
  readonly life: Life<TaskStatus>
  /** Why it failed, or why it is going to. */
  readonly failure: string | undefined
}

/** What the control plane has in store for the tasks to come. */
export interface TaskPlan {
  /** How many of the next ones are going to fail. */
  readonly failures: number
  readonly reason: string
}

/** A check of a version of a property; it has the states of a task. */
export interface StoredValidation {
  readonly id: string
  readonly customerId: number
  readonly propertyId: string
  readonly version: number
  readonly life: Life<TaskStatus>
  /** The certificate that there was none of. */
  readonly missingCertificateId: string | undefined
}
