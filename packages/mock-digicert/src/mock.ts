import { createTwin, type JournalEntry, type RateWindow, type TwinOptions, type TypedTwin } from '@certtwin/mock-kit'
import { definition } from './definition.ts'
import type { ActionInputs } from './control-actions.generated.ts'
import type { Seed, SeedApiKey } from './control.generated.ts'
import type { KeyRestriction, Role } from './entities.ts'
import type { DigicertSettings } from './env.ts'
import type { Diagnosis } from './errors.ts'
import type { OperationId } from './operations.generated.ts'
import type { ProfileName } from './profiles.ts'
import { apiKeys, users } from './seeds.ts'
import { mustGet } from './state.ts'

const usersById = new Map(users.map((user) => [user.id, user]))

/** How a twin shall be; it needs none of it. */
export interface DigicertMockOptions extends TwinOptions {
  /** The generation of the vendor's API; `2019` unless given. */
  readonly profile?: ProfileName
  /** `false` for none, or windows in place of the profile's; an API key is refused when any of them is full. */
  readonly rateLimits?: boolean | readonly RateWindow[]
}

/** A key to call the twin with. */
export interface DigicertAccount {
  readonly apiKey: string
  /** The user's id. */
  readonly user: number
  readonly role: Role
  /** What the key may do of that: 0 all, 100 orders, 101 orders, domains and organizations, 102 read, 103 users alone. */
  readonly restriction: KeyRestriction
  /** The account's id. */
  readonly account: number
}

/** One line of the journal; `diagnosis` says why a request was refused, more exactly than the wire does. */
export interface DigicertJournalEntry extends JournalEntry {
  readonly operation: OperationId | undefined
  readonly diagnosis: Diagnosis | undefined
}

/** What the verbs of the control plane take. */
export interface DigicertTypes {
  readonly settings: DigicertSettings
  readonly seed: Seed
  readonly actions: ActionInputs
}

/** A twin of the DigiCert CertCentral Services API, in process; `listen()` puts it on a port. */
export interface DigicertMock extends TypedTwin<DigicertTypes> {
  /** The journal, oldest first. */
  readonly requests: readonly DigicertJournalEntry[]
  /** The keys that the twin knows; the first one may do everything. */
  readonly accounts: readonly [DigicertAccount, ...DigicertAccount[]]
}

/**
 * Makes a twin of the DigiCert CertCentral Services API with its seed data.
 *
 * It serves any host under `/services/v2`, issues real certificates from the caller's CSR, and remembers what it did until
 * `reset()`. Its authority, whose organization is `Offline Mock`, is made on first use, which takes some tenths of a second.
 *
 * @example
 * const mock = createDigicertMock()
 * const response = await mock.fetch(new Request('https://www.digicert.com/services/v2/…', { headers: { 'X-DC-DEVKEY': mock.accounts[0].apiKey } }))
 */
export function createDigicertMock(options: DigicertMockOptions = {}): DigicertMock {
  const { profile = '2019', rateLimits = true } = options
  const settings: DigicertSettings = {
    profile,
    rateLimits: Array.isArray(rateLimits) ? [...(rateLimits as readonly RateWindow[])] : (rateLimits as boolean),
  }
  const accounts: DigicertMock['accounts'] = [toAccount(apiKeys[0]), ...apiKeys.slice(1).map(toAccount)]
  // The kit keeps operations and diagnoses as text; here they come from the two unions.
  return Object.assign(createTwin(definition, settings, options), { accounts }) as unknown as DigicertMock
}

function toAccount({ apiKey, userId, restriction = 0 }: SeedApiKey): DigicertAccount {
  const user = mustGet(usersById, userId)
  return { apiKey, user: user.id, role: user.role, restriction, account: user.accountId }
}
