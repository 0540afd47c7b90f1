import { type Clock, createTwin, type JournalEntry, systemClock, type Twin } from '@certtwin/mock-kit'
import { app } from './app.ts'
import { createTaskLifecycle, type DeploymentPace } from './domain/task-life.ts'
import type { Account } from './entities.ts'
import { type OperationId, operations } from './operations.generated.ts'
import { seedAccounts } from './seeds.ts'
import { type CdnProWorld, createWorld } from './world.ts'

export interface CdnProMockOptions {
  /** Where all dates come from; the clock of the machine unless told. */
  readonly clock?: Clock
  /** Makes ids repeatable; without one they differ each time. Keys are always new. */
  readonly seed?: string
  /** How fast deployment tasks go. */
  readonly lifecycle?: DeploymentPace
  /** Told of every exchange when it is over: a line of the journal as it is written. */
  readonly onExchange?: (entry: JournalEntry) => void
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

/** A twin of the CDN Pro certificate API as it is behind the vendor's gateway, in process; `listen()` puts it on a port. */
export interface CdnProMock extends Pick<Twin<CdnProWorld>, 'fetch' | 'listen' | 'reset' | 'routes'> {
  readonly clock: Clock
  /** The journal, oldest first. */
  readonly requests: readonly CdnProJournalEntry[]
  /** The users that the twin knows; the first one may do everything. */
  readonly accounts: readonly [CdnProAccount, ...CdnProAccount[]]
}

const headerNames = ['Allow', 'Content-Length', 'Content-Type', 'Date', 'Location', 'x-cnc-request-id']

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
  const { clock = systemClock, seed, lifecycle = 'default', onExchange } = options
  const taskLifecycle = createTaskLifecycle(lifecycle)
  const twin = createTwin<CdnProWorld>({
    app,
    operations,
    createWorld: () => createWorld({ clock, seed, taskLifecycle }),
    answersHead: false,
    headerNames,
    onExchange,
  })
  return {
    fetch: twin.fetch,
    // The kit keeps the names as text; here they come from the document.
    requests: twin.requests as readonly CdnProJournalEntry[],
    routes: twin.routes,
    reset: twin.reset,
    listen: twin.listen,
    clock,
    accounts: seedAccounts,
  }
}
