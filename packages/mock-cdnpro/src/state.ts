import type { Account, StoredCertificate, StoredProperty, StoredTask } from './entities.ts'
import { seedAccounts } from './seeds.ts'
import { seedCertificates } from './seed-certificates.ts'
import { seedProperties, seedTasks } from './seed-deployments.ts'

/** All that the twin remembers, by id; entities are values, a change replaces one. */
export interface State {
  readonly accounts: ReadonlyMap<string, Account>
  readonly certificates: Map<string, StoredCertificate>
  readonly properties: Map<string, StoredProperty>
  readonly tasks: Map<string, StoredTask>
  /** The tasks that are not in a final state. */
  readonly openTaskIds: Set<string>
}

/** The state with its seed data; relative dates count from `startMs`, floored to the second. */
export function createState(startMs: number): State {
  const originMs = Math.floor(startMs / 1000) * 1000
  return {
    accounts: new Map(seedAccounts.map((account) => [account.username, account])),
    certificates: byId(seedCertificates(originMs)),
    properties: byId(seedProperties),
    tasks: byId(seedTasks(originMs)),
    openTaskIds: new Set(),
  }
}

function byId<Entity extends { readonly id: string }>(entities: readonly Entity[]): Map<string, Entity> {
  return new Map(entities.map((entity) => [entity.id, entity]))
}
