import type { ApiDocument } from './document.ts'
import type { Edition } from './edition.ts'
import type { SeedState } from './seed-states.ts'
import type { Route } from './supported.ts'

/** An API of this repository: its document, and who gets what is generated from it. */
export interface Api {
  readonly name: 'digicert' | 'cdnpro'
  readonly title: string
  readonly document: URL
  /** What the twin is unless it is told otherwise. */
  readonly edition: Edition
  /** What the twin's control plane takes beside what every twin's does. */
  readonly control: URL
  /** The schemas of that document which somebody sends, beside the inputs of its actions. */
  readonly controlInputs: readonly string[]
  /** The folder of the twin's package. */
  readonly twin: URL
  /** The folder of the client's part for this API. */
  readonly client: URL
  /** What the client calls its validators of answers. */
  readonly validators: string
  /** Asks the twin for its routes; it needs the generated files, so it is loaded after them. */
  readonly routes: () => Promise<readonly Route[]>
  /** Asks the twin which state can be seen where in its seed data. */
  readonly seedStates: (document: ApiDocument) => Promise<readonly SeedState[]>
}

const packages = new URL('../../', import.meta.url)

export const apis: readonly Api[] = [
  {
    name: 'digicert',
    title: 'the DigiCert twin',
    document: new URL('contracts/openapi/digicert.yaml', packages),
    edition: {},
    control: new URL('contracts/openapi/digicert-control.yaml', packages),
    controlInputs: ['Settings', 'Seed'],
    twin: new URL('mock-digicert/', packages),
    client: new URL('core/src/digicert/', packages),
    validators: 'digicertValidators',
    routes: async () => (await import('@certtwin/mock-digicert')).createDigicertMock().routes,
    seedStates: async (document) => (await import('./seed-states.ts')).digicertSeedStates(document),
  },
  {
    name: 'cdnpro',
    title: 'the CDN Pro twin',
    document: new URL('contracts/openapi/cdnpro.yaml', packages),
    edition: { door: 'gateway', generation: '2023' },
    control: new URL('contracts/openapi/cdnpro-control.yaml', packages),
    controlInputs: ['Settings', 'Seed'],
    twin: new URL('mock-cdnpro/', packages),
    client: new URL('core/src/cdnpro/', packages),
    validators: 'cdnProValidators',
    routes: async () => (await import('@certtwin/mock-cdnpro')).createCdnProMock().routes,
    seedStates: async () => (await import('./seed-states.ts')).cdnProSeedStates(),
  },
]

/** The control plane that every twin wears, and where the kit keeps what is generated from it. */
export const controlPlane = {
  name: 'control',
  document: new URL('contracts/openapi/control.yaml', packages),
  folder: new URL('mock-kit/src/control/', packages),
  /** The page that goes with it: what runs in the browser, and the module that it is embedded in. */
  page: {
    browser: new URL('mock-kit/src/page/browser/', packages),
    assets: new URL('mock-kit/src/page/assets.generated.ts', packages),
  },
  inputs: ['GivenFault', 'ClockChange', 'Advance', 'RandomChange', 'Snapshot', 'Config'],
} as const
