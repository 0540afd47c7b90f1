import { join } from 'node:path'
import { spreadOf } from '../arithmetic.ts'
import { type Child, startChild } from '../child.ts'
import { figureOf, type Measure } from '../measures.ts'
import { measureInRounds, ratioOf } from '../rounds.ts'
import { cellsOf, type Part, type PartResult, type Setting, short } from './part.ts'

interface Caller {
  readonly name: string
  readonly child: Child
}

const bare = 'bare `fetch`'
const ours = 'certtwin'
/** What a signature costs that is not remembered, and the same by the platform alone: for the one call that signs. */
const signing = ['certtwin, signing anew', 'WebCrypto alone']
const peers = ['openapi-fetch', 'ky', 'axios', 'ofetch']

/** What a call costs beside the `fetch` that carries it, which is a stub here. */
export const client: Part = {
  name: 'client',
  async run(setting) {
    const results = [await measureMethod(setting, 'GET'), await measureMethod(setting, 'POST')]
    return { figures: results.flatMap(({ figures }) => figures), tables: results.flatMap(({ tables }) => tables) }
  },
}

async function measureMethod(setting: Setting, method: 'GET' | 'POST'): Promise<PartResult> {
  const callers = startCallers(setting, method)
  try {
    const rounds = await measureInRounds(callers, setting.rounds, ({ child }) => measure(setting, child))
    const ratio = ratioOf(rounds, ours, bare, Number)
    const measured = [...rounds.figures].map(([name, nanoseconds]) => [
      name,
      short(spreadOf(nanoseconds).median),
      ...cellsOf(ratioOf(rounds, name, bare, Number)),
    ])
    const absent = setting.workshop.peersProblem === undefined ? [] : peers
    const failed = [...rounds.missing, ...absent.map((name) => ({ name, reason: setting.workshop.peersProblem! }))].map(
      ({ name, reason }) => [name, `not measured: ${reason}`, '–', '–'],
    )
    return {
      figures: ratio === undefined ? [] : [figureOf(`client-${method.toLowerCase()}` as Measure, ratio)],
      tables: [
        {
          title: `A client's ${method} over a stub, its JSON read`,
          head: ['client', 'ns', '÷ bare', 'from, to'],
          rows: [...measured, ...failed],
        },
      ],
    }
  } finally {
    await Promise.all(callers.map(({ child }) => child.stop()))
  }
}

function startCallers({ workshop, cores }: Setting, method: string): Caller[] {
  const start = (folder: string, subject: string): Child =>
    startChild([process.execPath, join(folder, 'client.js'), subject, method], { core: cores?.server, talks: true })
  const callers = [
    { name: bare, child: start(workshop.clientFolder, 'bare') },
    { name: ours, child: start(workshop.clientFolder, 'certtwin') },
    ...(method === 'GET' ? signing : []).map((name) => ({ name, child: start(workshop.clientFolder, name) })),
  ]
  if (workshop.peersProblem !== undefined) return callers
  const folder = join(workshop.peersFolder, 'node_modules/.bench')
  return [...callers, ...peers.map((name) => ({ name, child: start(folder, name) }))]
}

/** Nanoseconds a call. */
async function measure({ warmUpMs, sampleMs }: Setting, child: Child): Promise<number> {
  const { perSecond } = await child.ask<{ perSecond: number }>({ warmUpMs, sampleMs })
  return 1_000_000_000 / perSecond
}
