import manifest from '../package.json' with { type: 'json' }
import type { DocumentedError, TwinDefinition } from '@certtwin/mock-kit'
import { app } from './app.ts'
import { apiKeyHeader } from './auth.ts'
import { validateSeed, validateSettings } from './control-validators.generated.js'
import type { DigicertSettings } from './env.ts'
import { documentedErrors } from './errors.generated.ts'
import { commonHeaders, headerNames } from './headers.ts'
import { worldOfKey } from './open-accounts.ts'
import { operations } from './operations.generated.ts'
import { profileOf, rateWindowsOf } from './profiles.ts'
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
  secrets: { headers: [apiKeyHeader.toLowerCase()], members: ['apiKey', 'api_key'] },
  hosts: ['www.digicert.com'],
  errors: documentedErrors,
  toErrorBody: ({ code = '', message = '' }: DocumentedError) => ({ errors: [{ code, message }] }),
  worldOf: (headers, state) => worldOfKey(state, headers.get(apiKeyHeader) ?? ''),
  validateSettings,
  rateWindows: rateWindowsOf,
  createState: ({ clock, random, settings }) =>
    createSeededState({ nowMs: clock.now(), random, profile: profileOf({ settings }) }),
  tables: (state) => state,
  validateSeed,
  plant: () => {},
  actions: {},
  evidence: () => import('./evidence.generated.ts'),
}
