import { execFileSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './machine.ts'
import type { Target } from './requests.ts'
import type { Workshop } from './workshop.ts'

/** A server to measure. */
export interface Subject {
  readonly name: string
  readonly command: (port: number) => Command
  /** Whether the paths of the document's `servers` are left out, as mock servers do. */
  readonly dropsServerPath: boolean
  /** Whether it forgets on SIGUSR2. */
  readonly forgets: boolean
  /** Whether each request brings another CSR: the twin knows one again that it has seen. */
  readonly renewsCsr: boolean
}

/** Something to measure that cannot be had here, and why. */
export interface Missing {
  readonly name: string
  readonly reason: string
}

export const baseName = 'node:http, same bytes'
export const twinName = 'twin, everything on'
export const quietTwinName = 'twin, journal off'
export const renewingTwinName = 'twin, another CSR in each request'

const node = process.execPath
const traits = { dropsServerPath: false, forgets: false, renewsCsr: false }

/** The bare server that everything is divided by. */
export function baseOf({ twinFolders, stubFiles }: Workshop, target: Target): Subject {
  const file = join(twinFolders.cdnpro, 'node-http.js')
  return { ...traits, name: baseName, command: (port) => [node, file, String(port), stubFiles[target]] }
}

export function honoOf({ twinFolders, stubFiles }: Workshop, target: Target): Subject {
  const file = join(twinFolders.cdnpro, 'hono.js')
  return { ...traits, name: 'Hono, same bytes', command: (port) => [node, file, String(port), stubFiles[target]] }
}

export function twinOf(
  { twinFolders }: Workshop,
  target: Target,
  journal: 'journal' | 'no-journal' = 'journal',
): Subject {
  const name = target === 'version-query' ? 'cdnpro' : 'digicert'
  return {
    ...traits,
    forgets: target !== 'version-query',
    name: journal === 'journal' ? twinName : quietTwinName,
    command: (port) => [node, join(twinFolders[name], 'twin.js'), name, String(port), journal],
  }
}

/** The other mock servers, each fed with our document or with a stub of the same bytes; their logs and journals are off. */
export function peersOf(workshop: Workshop, target: Target): (Subject | Missing)[] {
  if (workshop.peersProblem !== undefined)
    return Object.values(peerNames).map((name) => ({ name, reason: workshop.peersProblem ?? '' }))
  const { peersFolder, documents } = workshop
  const document = documents[target]
  const bin = (name: string): string => join(peersFolder, 'node_modules/.bin', name)
  const scalar = join(peersFolder, 'node_modules/.bench/scalar.js')
  const ofDocument = { ...traits, dropsServerPath: true }
  return [
    {
      ...ofDocument,
      name: peerNames.prism,
      command: (port) => [bin('prism'), 'mock', '-v', 'silent', '-p', `${port}`, document],
    },
    {
      ...traits,
      name: peerNames.mockoon,
      command: (port) => [bin('mockoon-cli'), 'start', ...mockoonFlags, '-p', `${port}`, '-d', document],
    },
    { ...ofDocument, name: peerNames.scalar, command: (port) => [node, scalar, `${port}`, document] },
    {
      ...ofDocument,
      name: peerNames.steady,
      command: (port) => [bin('steady'), '-q', '--host', '127.0.0.1', '-p', `${port}`, document],
    },
    hasJava() ? wiremockOf(workshop, target) : { name: peerNames.wiremock, reason: 'there is no Java here' },
  ]
}

const peerNames = {
  prism: 'Prism',
  mockoon: 'Mockoon',
  scalar: 'Scalar mock server',
  steady: 'Steady',
  wiremock: 'WireMock',
} as const

const mockoonFlags = ['-X', '--disable-admin-api', '-l', '127.0.0.1']
const wiremockFlags = ['--bind-address', '127.0.0.1', '--no-request-journal', '--disable-banner']

/** The jar itself, which the package's command only starts. */
function wiremockOf({ peersFolder, wiremockFolders }: Workshop, target: Target): Subject {
  const [jar = ''] = globSync(join(peersFolder, 'node_modules/wiremock/build/*.jar'))
  const folder = wiremockFolders[target]
  return {
    ...traits,
    name: peerNames.wiremock,
    command: (port) => ['java', '-jar', jar, ...wiremockFlags, '--port', `${port}`, '--root-dir', folder],
  }
}

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
