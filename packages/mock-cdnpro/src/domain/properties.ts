import { isDeeperThan, isRecord } from '@certtwin/mock-kit'
import type { Environment, PropertyVersion, StoredProperty, User } from '../entities.ts'
import type { State } from '../state.ts'
import * as errors from './property-errors.ts'

/** A property of the customer; another customer's is as unknown as one that is not there. */
export function findProperty(state: State, { customerId }: User, id: string): StoredProperty | undefined {
  const property = state.properties.get(id)
  return property?.customerId === customerId ? property : undefined
}

/** @throws Refusal `InvalidPropertyId` */
export function getProperty(state: State, user: User, id: string): StoredProperty {
  const property = findProperty(state, user, id)
  if (property === undefined) throw errors.unknownProperty()
  return property
}

/** @throws Refusal `InvalidPropertyVersion` */
export function getPropertyVersion({ id, versions }: StoredProperty, number: number): PropertyVersion {
  const version = versions[number - 1]
  if (version === undefined) throw errors.unknownPropertyVersion(id, number)
  return version
}

/** The version that is live in an environment. */
export function liveVersionOf({ versions, live }: StoredProperty, target: Environment): PropertyVersion | undefined {
  return versions[(live[target] ?? 0) - 1]
}

/** The id of the certificate that a version names; what is no text is the id of nothing. */
export function certificateIdOf({ configs }: PropertyVersion): string | undefined {
  const id = configs['tlsCertificateId'] ?? undefined
  return id === undefined || typeof id === 'string' ? id || undefined : JSON.stringify(id)
}

/**
 * Adds a draft, which changes nothing that is deployed.
 *
 * @param body - the configuration, or an object that has it as `configs`
 * @returns the number of the new version
 * @throws Refusal `InvalidInput` when it is nested too deep
 */
export function createPropertyVersion(
  { properties }: State,
  property: StoredProperty,
  body: Readonly<Record<string, unknown>>,
): number {
  const { configs: wrapped } = body
  const configs = isRecord(wrapped) ? wrapped : body
  if (isTooDeep(configs)) throw errors.configsTooDeep()
  const hostnames = readHostnames(configs['hostnames']) ?? property.versions.at(-1)?.hostnames ?? []
  const versions = [...property.versions, { hostnames, configs }]
  properties.set(property.id, { ...property, versions })
  return versions.length
}

/** The control plane takes 64 levels, of which the tables around a configuration have some; a limit is assumed. */
const mostLevels = 32

/** Whether a configuration could not be shown or stored. */
export function isTooDeep(configs: PropertyVersion['configs']): boolean {
  return isDeeperThan(mostLevels, configs)
}

function readHostnames(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}
