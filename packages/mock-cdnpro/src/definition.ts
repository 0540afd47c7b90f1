import manifest from '../package.json' with { type: 'json' }
import type { DocumentedError, TwinDefinition } from '@certtwin/mock-kit'
import { actions } from './actions.ts'
import { app } from './app.ts'
import { validateSeed, validateSettings } from './control-validators.generated.js'
import { documentedErrors } from './errors.generated.ts'
import { doors, nameCall } from './doors.ts'
import { accessKeys, usernames, worldOfName } from './open-accounts.ts'
import { operations } from './operations.generated.ts'
import { plantSeed } from './planting/plant.ts'
import { rateWindowsOf } from './rate-limits.ts'
import { credentialsOf } from './signature/authorization.ts'
import { nameIn } from './signature/check.ts'
import { createState, type State } from './state.ts'
import type { CdnProSettings } from './world.ts'

/** What makes a twin the twin of this vendor. */
export const definition: TwinDefinition<State, CdnProSettings> = {
  name: 'mock-cdnpro',
  version: manifest.version,
  app,
  operations,
  answersHead: false,
  headerNames: ['Allow', 'Content-Length', 'Content-Type', 'Date', 'Location', 'Qtl-Request-Id'],
  headers: {},
  prepare: nameCall,
  secrets: { headers: ['authorization'] },
  hosts: Object.values(doors).flatMap((door) => door.hosts),
  errors: documentedErrors,
  toErrorBody: ({ code, message, result }: DocumentedError) =>
    code === undefined ? { status: 0, result } : { code, message },
  worldOf(headers, state, stateOf) {
    const credentials = credentialsOf(headers)
    const directory = credentials?.scheme === 'access-key' ? accessKeys : usernames
    return worldOfName(nameIn(credentials), directory, state, stateOf)
  },
  validateSettings,
  rateWindows: rateWindowsOf,
  createState: ({ clock }) => createState(clock.now()),
  tables: (state) => state,
  validateSeed,
  plant: plantSeed,
  actions,
  evidence: () => import('./evidence.generated.ts'),
}
