import { ControlError } from '@certtwin/mock-kit'
import type { Seed, SeedUser } from '../control.generated.ts'
import type { State } from '../state.ts'
import type { CdnProWorld } from '../world.ts'
import { plantCertificate } from './certificates.ts'
import { requireOnce } from './contradiction.ts'
import { plantProperty, requireServed } from './properties.ts'

/**
 * Adds data to a state, each entity under its natural key, and replaces those that are there. The data that a world begins
 * with does not come this way: it has no certificates behind it, so that its answers are the documented ones.
 *
 * @throws ControlError when the data contradicts itself or the state; it may be there in part then
 */
export function plantSeed(world: CdnProWorld, { users = [], certificates = [], properties = [] }: Seed): void {
  const { state } = world
  requireOnce(
    users.map(({ username }) => username),
    'users',
  )
  requireOnce(
    certificates.map(({ id }) => id),
    'certificates',
  )
  requireOnce(
    properties.map(({ id }) => id),
    'properties',
  )
  for (const user of users) plantUser(state, user)
  for (const certificate of certificates) plantCertificate(world, certificate)
  for (const property of properties) plantProperty(state, property)
  requireServed(state)
}

/** @throws ControlError when another user has the access key */
function plantUser({ users, credentials }: State, user: SeedUser): void {
  const { username, apiKey, customerId, access = 'full', accessKey, secretKey } = user
  const owner = accessKey === undefined ? undefined : credentials.group(accessKey)[0]
  if (owner !== undefined && owner.username !== username)
    throw new ControlError(`The user ${owner.username} has the access key of ${username} already: give it another one.`)
  users.set(username, { username, customerId, access })
  credentials.set(username, { username, apiKey, accessKey, secretKey })
}
