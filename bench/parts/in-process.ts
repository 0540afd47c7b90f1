import { join } from 'node:path'
import { spreadOf } from '../arithmetic.ts'
import { type Child, startChild } from '../child.ts'
import { figureOf } from '../measures.ts'
import { requestOf } from '../requests.ts'
import { measureInRounds, ratioOf } from '../rounds.ts'
import { cellsOf, type Part, type Setting, short } from './part.ts'

interface Caller {
  readonly name: string
  readonly child: Child
  readonly reads: boolean
}

const twin = '`mock.fetch`, new Request'
const stub = 'stub, new Request'
const twinRead = '`mock.fetch`, new Request, answer read'
const msw = '`fetch` under MSW, answer read'

/** Calls without a port, one after the other. */
export const inProcess: Part = {
  name: 'in-process',
  async run(setting) {
    const callers = startCallers(setting)
    try {
      const rounds = await measureInRounds(callers, setting.rounds, (caller) => measure(setting, caller))
      const fetchRatio = ratioOf(rounds, twin, stub, Number)
      const mswRatio = ratioOf(rounds, msw, twinRead, Number)
      const rows = [...rounds.figures].map(([name, microseconds]) => [
        name,
        short(spreadOf(microseconds).median),
        ...cellsOf(ratioOf(rounds, name, stub, Number)),
      ])
      const missing = callers.some(({ name }) => name === msw)
        ? rounds.missing
        : [...rounds.missing, { name: msw, reason: setting.workshop.peersProblem ?? '' }]
      const failed = missing.map(({ name, reason }) => [name, `not measured: ${reason}`, '–', '–'])
      return {
        figures: [
          ...(fetchRatio === undefined ? [] : [figureOf('in-process', fetchRatio)]),
          ...(mswRatio === undefined ? [] : [figureOf('in-process-msw', mswRatio)]),
        ],
        tables: [
          {
            title: 'Signed version query in process',
            head: ['call', 'µs', '÷ stub', 'from, to'],
            rows: [...rows, ...failed],
          },
        ],
      }
    } finally {
      await Promise.all(callers.map(({ child }) => child.stop()))
    }
  },
}

function startCallers({ workshop, cores }: Setting): Caller[] {
  const { twinFolders, peersFolder, peersProblem, stubFiles } = workshop
  const start = (folder: string, subject: string): Child => {
    const program = join(folder, 'in-process.js')
    return startChild([process.execPath, program, subject, stubFiles['version-query']], {
      core: cores?.server,
      talks: true,
    })
  }
  const twinChild = start(twinFolders.cdnpro, 'twin')
  const callers = [
    { name: stub, child: start(twinFolders.cdnpro, 'stub'), reads: false },
    { name: twin, child: twinChild, reads: false },
    { name: twinRead, child: twinChild, reads: true },
  ]
  if (peersProblem !== undefined) return callers
  return [...callers, { name: msw, child: start(join(peersFolder, 'node_modules/.bench'), 'msw'), reads: true }]
}

/** Microseconds a call. */
async function measure({ warmUpMs, sampleMs }: Setting, { child, reads }: Caller): Promise<number> {
  const { path, headers } = requestOf['version-query'](Date.now())
  const job = { reads, url: `https://open.chinanetcenter.com${path}`, headers, warmUpMs, sampleMs }
  const { perSecond } = await child.ask<{ perSecond: number }>(job)
  return 1_000_000 / perSecond
}
