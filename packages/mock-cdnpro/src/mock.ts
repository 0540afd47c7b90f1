import { createTwin, type JournalEntry, type RateWindow, type TwinOptions, type TypedTwin } from '@certtwin/mock-kit'
import type { ActionInputs } from './control-actions.generated.ts'
import type { Seed } from './control.generated.ts'
import { definition } from './definition.ts'
import type { DeploymentPace } from './domain/task-life.ts'
import type { DoorName, GenerationName } from './edition.ts'
import type { Account } from './entities.ts'
import type { OperationId } from './operations.generated.ts'
import { seedAccounts } from './seeds.ts'
import type { CdnProSettings } from './world.ts'

/** How a twin shall be; it needs none of it. */
export interface CdnProMockOptions extends TwinOptions {
  /** Which front door of the service it is: `gateway` unless given. */
  readonly door?: DoorName
  /** The generation of the service: `2023` unless given. */
  readonly generation?: GenerationName
  /** How fast deployment tasks go. */
  readonly lifecycle?: DeploymentPace
  /** How many certificates a customer may have; 100 unless given. */
  readonly certificatesPerCustomer?: number
  /**
   * When certificates are renewed whose `autoRenew` is `LE`: by the action `renew-certificate` alone (`off`, unless given), or an hour
   * after they became due by the clock.
   */
  readonly autoRenewal?: 'off' | 'clock'
  /**
   * `false` for none, or windows in place of the documented 300 calls of an operation in 5 minutes; at the native door buckets, which
   * fill evenly in the time of the window.
   */
  readonly rateLimits?: boolean | readonly RateWindow[]
  /** How far the date of a Basic signature may be off; 900,000 unless given. */
  readonly basicWindowMs?: number
  /** How far the timestamp of an access key may be off; 300,000 unless given. */
  readonly accessKeyWindowMs?: number
  /** Refuses a signature of an access key that came within the last 300 s. */
  readonly refuseReplays?: boolean
  /** Refuses members and query parameters that nobody knows, which are ignored otherwise. */
  readonly strict?: boolean
  /** What `Location` begins with: that of the request, unless given, or the vendor's own address. */
  readonly locationBase?: 'request' | 'vendor'
  /** Says in the header `x-mock-diagnosis` of a refusal what the journal says about it. */
  readonly diagnosisHeader?: boolean
}

/**
 * One line of the journal. `diagnosis` says why a request was refused, more exactly than the wire does, or what was
 * tolerated about it: a `SignatureDiagnosis` for a refused signature, another word in kebab-case otherwise, with details
 * after a colon, as in `date-skew: +1200 s`.
 */
export interface CdnProJournalEntry extends JournalEntry {
  readonly operation: OperationId | undefined
}

/** A user of the twin, and what it may do: everything, read only, or nothing. */
export type CdnProAccount = Account

/** What the verbs of the control plane take. */
export interface CdnProTypes {
  readonly settings: CdnProSettings
  readonly seed: Seed
  readonly actions: ActionInputs
}

/** A twin of the CDN Pro certificate API, in process; `listen()` puts it on a port. */
export interface CdnProMock extends TypedTwin<CdnProTypes> {
  /** The journal, oldest first. */
  readonly requests: readonly CdnProJournalEntry[]
  /** The users that the twin knows; the first one may do everything. */
  readonly accounts: readonly [CdnProAccount, ...CdnProAccount[]]
}

/**
 * Makes a twin of the CDN Pro certificate API, with seed data of which certificate `9fddeb2fea3ed5b52d89d81d` is the
 * vendor's documented example.
 *
 * Signatures, private keys and certificates are checked for real; nothing leaves the process. `SUPPORTED.md` says which
 * behaviour the vendor documents and which one is assumed.
 *
 * @example
 * const mock = createCdnProMock({ lifecycle: { reads: 2 } })
 * const { username, apiKey } = mock.accounts[0]
 * const response = await mock.fetch(signedRequest)
 */
export function createCdnProMock(options: CdnProMockOptions = {}): CdnProMock {
  const settings = settingsOf(options)
  // The kit keeps operations as text; here they come from the document.
  return Object.assign(createTwin(definition, settings, options), {
    accounts: accountsAt(settings.door),
  }) as unknown as CdnProMock
}

function settingsOf(options: CdnProMockOptions): CdnProSettings {
  const { rateLimits = true } = options
  return {
    door: options.door ?? 'gateway',
    generation: options.generation ?? '2023',
    lifecycle: options.lifecycle ?? 'default',
    certificatesPerCustomer: options.certificatesPerCustomer ?? 100,
    autoRenewal: options.autoRenewal ?? 'off',
    rateLimits: Array.isArray(rateLimits) ? [...(rateLimits as readonly RateWindow[])] : (rateLimits as boolean),
    basicWindowMs: options.basicWindowMs ?? 900_000,
    accessKeyWindowMs: options.accessKeyWindowMs ?? 300_000,
    refuseReplays: options.refuseReplays ?? false,
    strict: options.strict ?? false,
    locationBase: options.locationBase ?? 'request',
    diagnosisHeader: options.diagnosisHeader ?? false,
  }
}

/** The users as the door knows them: the native one takes no access keys. */
function accountsAt(door: DoorName): readonly CdnProAccount[] {
  return door === 'gateway' ? seedAccounts : seedAccounts.map(({ keys: _keys, ...account }) => account)
}
