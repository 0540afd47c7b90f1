import { median, spreadOf } from '../arithmetic.ts'
import { requestFor } from '../load.ts'
import type { LoadSample } from '../load/generate-load.ts'
import { figureOf, type Measure } from '../measures.ts'
import { measureInRounds, ratioOf, type Rounds } from '../rounds.ts'
import { type Server, startServer } from '../server.ts'
import {
  baseName,
  baseOf,
  honoOf,
  type Missing,
  peersOf,
  quietTwinName,
  renewingTwinName,
  type Subject,
  twinName,
  twinOf,
} from '../subjects.ts'
import type { Workshop } from '../workshop.ts'
import { cellsOf, type Part, type Setting, short } from './part.ts'

type LoadTarget = 'version-query' | 'duplicate'
type NamedServer = Server & { readonly name: string }

const titles: Readonly<Record<LoadTarget, string>> = {
  'version-query': 'Signed version query (GET)',
  duplicate: 'Duplicate that needs approval (POST)',
}

/** Requests a second and p99 of all servers at 16 connections, of the twin and what it is compared with at 1 and 64 too. */
export const throughputParts: readonly Part[] = (['version-query', 'duplicate'] as const).map((target) => ({
  name: target,
  run: async (setting) => {
    const { servers, missing } = await startAll(setting, target)
    try {
      return await measureAll(setting, target, servers, missing)
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
  },
}))

async function measureAll(
  setting: Setting,
  target: LoadTarget,
  servers: readonly NamedServer[],
  missing: readonly Missing[],
) {
  const few = servers.filter(({ name }) => name === baseName || name === twinName)
  await measureInRounds(servers, 1, (server) => takeSample(setting, target, server, 16, setting.firstWarmUpMs))
  const at16 = await measureAt(setting, target, servers, 16)
  const memory = memoryRows(servers)
  const at1 = await measureAt(setting, target, few, 1)
  const at64 = await measureAt(setting, target, few, 64)
  const rows = [...rowsOf(at16, 16, missing), ...rowsOf(at1, 1), ...rowsOf(at64, 64)]
  const subjects: [Measure, string][] = [[target, twinName]]
  if (target === 'version-query') subjects.push(['version-query-no-journal', quietTwinName])
  return {
    figures: subjects.flatMap(([measure, name]) => {
      const ratio = ratioOf(at16, name, baseName, requestsPerSecond)
      return ratio === undefined ? [] : [figureOf(measure, ratio)]
    }),
    tables: [
      {
        title: titles[target],
        head: ['server', 'connections', 'requests a second', 'p99, ms', '÷ bare', 'from, to'],
        rows,
      },
      {
        title: `${titles[target]}: memory (RSS) after the rounds at 16 connections`,
        head: ['server', 'MB'],
        rows: memory,
      },
    ],
  }
}

async function startAll({ cores, workshop }: Setting, target: LoadTarget) {
  const servers: NamedServer[] = []
  const missing: Missing[] = []
  for (const subject of subjectsOf(workshop, target)) {
    if ('reason' in subject) missing.push(subject)
    else {
      try {
        const server = await startServer(subject, requestFor(subject, target), cores?.server)
        servers.push({ ...server, name: subject.name })
      } catch (error) {
        missing.push({ name: subject.name, reason: (error as Error).message })
      }
    }
  }
  return { servers, missing }
}

function subjectsOf(workshop: Workshop, target: LoadTarget): (Subject | Missing)[] {
  const twin = twinOf(workshop, target)
  const variant =
    target === 'version-query'
      ? twinOf(workshop, target, 'no-journal')
      : { ...twin, name: renewingTwinName, renewsCsr: true }
  return [baseOf(workshop, target), honoOf(workshop, target), twin, variant, ...peersOf(workshop, target)]
}

async function measureAt(setting: Setting, target: LoadTarget, servers: readonly NamedServer[], connections: number) {
  return measureInRounds(servers, setting.rounds, (server) =>
    takeSample(setting, target, server, connections, setting.warmUpMs),
  )
}

async function takeSample(
  { load, sampleMs }: Setting,
  target: LoadTarget,
  server: Server,
  connections: number,
  warmUpMs: number,
): Promise<LoadSample> {
  await server.forget()
  return load.sample(server, target, { connections, warmUpMs, until: { sampleMs } })
}

function memoryRows(servers: readonly NamedServer[]): string[][] {
  return servers.map((server) => [server.name, short(server.memoryMB())])
}

function rowsOf(rounds: Rounds<LoadSample>, connections: number, missing: readonly Missing[] = []): string[][] {
  const measured = [...rounds.figures].map(([name, samples]) => [
    name,
    String(connections),
    short(spreadOf(samples.map(requestsPerSecond)).median),
    short(median(samples.slice(1).map(({ p99Ms }) => p99Ms))),
    ...cellsOf(ratioOf(rounds, name, baseName, requestsPerSecond)),
  ])
  const failed = [...missing, ...rounds.missing].map(({ name, reason }) => [
    name,
    String(connections),
    `not measured: ${reason}`,
    '–',
    '–',
    '–',
  ])
  return [...measured, ...failed]
}

function requestsPerSecond(sample: LoadSample): number {
  return sample.requestsPerSecond
}
