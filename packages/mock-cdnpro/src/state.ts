import { type Life, Table, type TableOptions } from '@certtwin/mock-kit'
import { isFinal } from './domain/task-life.ts'
import type {
  Credential,
  StoredCertificate,
  StoredPrivateKey,
  StoredProperty,
  StoredTask,
  StoredValidation,
  TaskPlan,
  TaskStatus,
  User,
} from './entities.ts'
import { seedAccounts } from './seeds.ts'
import { seedCertificates } from './seed-certificates.ts'
import { seedProperties, seedTasks, seedValidations } from './seed-deployments.ts'

/** All that the twin remembers; entities are values, a change replaces one. */
export type State = Readonly<{
  /** By name. */
  users: Table<string, User>
  /** Secret. By the user's name, grouped by access key. */
  credentials: Table<string, Credential>
  /** Secret. By customer and public key, which the key ring knows how to write. */
  privateKeys: Table<string, StoredPrivateKey>
  /** By id, grouped by customer. */
  certificates: Table<string, StoredCertificate>
  /** By id. */
  properties: Table<string, StoredProperty>
  /** By id; those that are not in a final state are the group `open`. */
  tasks: Table<string, StoredTask>
  /** One row, `next`. */
  taskPlans: Table<'next', TaskPlan>
  /** By id; those that are not in a final state are the group `open`. */
  validations: Table<string, StoredValidation>
}>

/** The state with its seed data; relative dates count from `startMs`, floored to the second. */
export function createState(startMs: number): State {
  const originMs = Math.floor(startMs / 1000) * 1000
  return {
    users: new Table(
      seedAccounts.map(({ username, customerId, access }) => [username, { username, customerId, access }]),
    ),
    credentials: new Table(
      seedAccounts.map(({ username, apiKey, keys }) => [
        username,
        { username, apiKey, accessKey: keys?.accessKey, secretKey: keys?.secretKey },
      ]),
      { secret: true, groupOf: ({ accessKey }) => accessKey },
    ),
    privateKeys: new Table([], { secret: true }),
    certificates: new Table(byId(seedCertificates(originMs)), { groupOf: ({ customerId }) => customerId }),
    properties: new Table(byId(seedProperties)),
    tasks: new Table(byId(seedTasks(originMs)), openGroup()),
    taskPlans: new Table([['next', { failures: 0, reason: 'injected' }]]),
    validations: new Table(byId(seedValidations(originMs)), openGroup()),
  }
}

/** What is not over yet is a group of its own. */
function openGroup<Entity extends { readonly life: Life<TaskStatus> }>(): TableOptions<Entity> {
  return { groupOf: ({ life }) => (isFinal(life.state) ? undefined : 'open') }
}

function byId<Entity extends { readonly id: string }>(entities: readonly Entity[]): (readonly [string, Entity])[] {
  return entities.map((entity) => [entity.id, entity])
}
