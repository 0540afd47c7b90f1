import manifest from '../package.json' with { type: 'json' }
import type { DocumentedError, TwinDefinition } from '@certtwin/mock-kit'
import { actions } from './actions.ts'
import { app } from './app.ts'
import { apiKeyHeader } from './auth.ts'
import { validateSeed, validateSettings } from './control-validators.generated.js'
import type { DigicertSettings, DigicertWorld } from './env.ts'
import { publishUnseen } from './domain/publish-unseen.ts'
import { documentedErrors } from './errors.generated.ts'
import { commonHeaders, headerNames } from './headers.ts'
import { worldOfKey } from './open-accounts.ts'
import { operations } from './operations.generated.ts'
import type { Soil } from './planting/certificates.ts'
import { plantSeed } from './planting/plant.ts'
import { profileOf, rateWindowsOf } from './profiles.ts'
import { publicWorldOf } from './routes/revocation-status.ts'
import { createSeededState } from './seed-state.ts'
import type { State } from './state.ts'

/** What makes a twin the twin of this vendor. */
export const definition: TwinDefinition<State, DigicertSettings> = {
  name: 'mock-digicert',
  version: manifest.version,
  app,
  operations,
  answersHead: true,
  headerNames,
  headers: commonHeaders,
  secrets: { headers: [apiKeyHeader.toLowerCase()] },
  hosts: ['www.digicert.com'],
  errors: documentedErrors,
  toErrorBody: ({ code = '', message = '' }: DocumentedError) => ({ errors: [{ code, message }] }),
  worldOf: (headers, state, stateOf) => worldOfKey(headers.get(apiKeyHeader) ?? '', state, stateOf),
  validateSettings,
  rateWindows: rateWindowsOf,
  createState(soil) {
    const state = createSeededState(toSoil(soil))
    publishUnseen({ ...soil, state })
    return state
  },
  tables: (state) => state,
  validateSeed,
  plant(world, seed) {
    const before = new Set(world.state.certificates.values())
    plantSeed(world.state, toSoil(world), seed)
    publishUnseen(world, (certificate) => !before.has(certificate))
  },
  publicPart: { worldOf: publicWorldOf, onPublished: (world) => publishUnseen(world) },
  actions,
  evidence: () => import('./evidence.generated.ts'),
}

function toSoil(world: Pick<DigicertWorld, 'clock' | 'random' | 'settings'>): Soil {
  return { nowMs: world.clock.now(), random: world.random, profile: profileOf(world) }
}
