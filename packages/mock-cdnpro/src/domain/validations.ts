import { advanceLife, beginLife, type Life, type Lifecycle, type Random, readLife } from '@certtwin/mock-kit'
import type { CreateValidation } from '../api.generated.ts'
import type { Edition } from '../edition.ts'
import type { StoredValidation, TaskStatus, User } from '../entities.ts'
import { invalidField } from '../errors.ts'
import type { State } from '../state.ts'
import { invalidPropertyId, invalidPropertyVersion } from './deployment-errors.ts'
import { certificateIdOf, findProperty } from './properties.ts'
import { unknownValidation } from './property-errors.ts'
import { readVersionNumber, toldVersion } from './task-action.ts'
import { createTaskLifecycle, type DeploymentPace, isFinal } from './task-life.ts'

interface Surroundings {
  readonly nowMs: number
  readonly random: Random
  readonly edition: Edition
}

/** @throws Refusal `InvalidInput`, `InvalidPropertyId` or `InvalidPropertyVersion` */
export function createValidation(
  state: State,
  user: User,
  { propertyId = '', version }: Partial<CreateValidation>,
  { nowMs, random, edition }: Surroundings,
): StoredValidation {
  if (propertyId === '') throw invalidField('propertyId')
  const property = findProperty(state, user, propertyId)
  if (property === undefined) throw invalidPropertyId(propertyId, edition)
  const number = readVersionNumber(version) ?? 0
  if (property.versions[number - 1] === undefined) throw invalidPropertyVersion(propertyId, toldVersion(version))
  const validation: StoredValidation = {
    id: random.uuid(),
    customerId: user.customerId,
    propertyId,
    version: number,
    life: beginLife('waiting', nowMs),
    missingCertificateId: undefined,
  }
  state.validations.set(validation.id, validation)
  return validation
}

/** @throws Refusal `InvalidValidationId`, for another customer's too (assumed) */
export function getValidation(state: State, user: User, id: string): StoredValidation {
  const validation = state.validations.get(id)
  if (validation?.customerId !== user.customerId) throw unknownValidation()
  return validation
}

/** Brings all open validations up to date. */
export function advanceValidations(state: State, pace: DeploymentPace, nowMs: number): void {
  for (const validation of state.validations.group('open'))
    step(state, pace, validation, (lifecycle) => advanceLife(lifecycle, validation.life, nowMs))
}

/** Counts a read of a validation, which some paces wait for. */
export function countValidationRead(
  state: State,
  pace: DeploymentPace,
  validation: StoredValidation,
  nowMs: number,
): void {
  if (isFinal(validation.life.state)) return
  step(state, pace, validation, (lifecycle) => readLife(lifecycle, validation.life, nowMs))
}

function step(
  state: State,
  pace: DeploymentPace,
  validation: StoredValidation,
  go: (lifecycle: Lifecycle<TaskStatus>) => Life<TaskStatus>,
): void {
  const missingId = findMissingCertificate(state, validation)
  const life = go(createTaskLifecycle(pace, missingId === undefined ? 'succeeded' : 'failed'))
  if (life === validation.life) return
  const missingCertificateId = life.state === 'failed' ? missingId : undefined
  state.validations.set(validation.id, { ...validation, life, missingCertificateId })
}

/** The id of the certificate that the version names, where its customer has none such. */
function findMissingCertificate(
  { properties, certificates }: State,
  { customerId, propertyId, version }: StoredValidation,
): string | undefined {
  // What was planted meanwhile may have fewer versions.
  const stored = properties.get(propertyId)?.versions[version - 1]
  const id = stored && certificateIdOf(stored)
  return id === undefined || certificates.get(id)?.customerId === customerId ? undefined : id
}
