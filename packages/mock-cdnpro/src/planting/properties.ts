import { ControlError } from '@certtwin/mock-kit'
import type { SeedProperty } from '../control.generated.ts'
import { certificateIdOf, isTooDeep, liveVersionOf } from '../domain/properties.ts'
import { environments } from '../entities.ts'
import type { State } from '../state.ts'
import { readLive, requireReplaceable } from './contradiction.ts'

/** @throws ControlError when it names a certificate that its customer does not have */
export function plantProperty(state: State, seed: SeedProperty): void {
  const { id, customerId } = seed
  const subject = `Property ${id}`
  requireReplaceable(state, state.properties.get(id), customerId, subject)
  const foreign = seed.versions.find(
    ({ certificateId }) => state.certificates.get(certificateId)?.customerId !== customerId,
  )
  if (foreign !== undefined)
    throw new ControlError(
      `${subject} names certificate ${foreign.certificateId}, which its customer does not have: add it first.`,
    )
  if (seed.versions.some(({ configs = {} }) => isTooDeep(configs)))
    throw new ControlError(`${subject} has a configuration that is nested too deep: flatten it.`)
  const versions = seed.versions.map(({ hostnames, certificateId, configs }) => ({
    hostnames,
    configs: { hostnames, ...configs, tlsCertificateId: certificateId },
  }))
  const live = readLive(seed, versions.length, subject)
  state.properties.set(id, { id, customerId, versions, live })
}

/** Where a property is live its certificate is, too. @throws ControlError when one is not */
export function requireServed({ properties, certificates }: State): void {
  for (const property of properties.values()) {
    const { id } = property
    for (const environment of environments) {
      const version = liveVersionOf(property, environment)
      const certificateId = version && certificateIdOf(version)
      if (certificateId === undefined || certificates.get(certificateId)?.live[environment] !== undefined) continue
      throw new ControlError(
        `Property ${id} is live in ${environment}, and certificate ${certificateId} is not: let both be live there, or neither.`,
      )
    }
  }
}
