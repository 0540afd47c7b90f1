import { spreadOf } from '../arithmetic.ts'
import { requestFor } from '../load.ts'
import { figureOf } from '../measures.ts'
import { measureInRounds, ratioOf } from '../rounds.ts'
import { startServer } from '../server.ts'
import { baseName, baseOf, type Subject, twinName, twinOf } from '../subjects.ts'
import { cellsOf, type Part, type Setting, short } from './part.ts'

interface Memory {
  readonly firstMB: number
  readonly secondMB: number
}

/** Memory of a fresh server after many version queries, and after as many again. */
export const memory: Part = {
  name: 'memory',
  async run(setting) {
    const subjects = [baseOf(setting.workshop, 'version-query'), twinOf(setting.workshop, 'version-query')]
    const rounds = await measureInRounds(subjects, setting.rounds, (subject) => measure(setting, subject))
    const ratio = (name: string) => ratioOf(rounds, name, baseName, ({ firstMB }) => firstMB)
    const twin = rounds.figures.get(twinName) ?? []
    const spread = ratio(twinName)
    const growth = spreadOf(twin.map(({ firstMB, secondMB }) => secondMB / firstMB))
    const count = setting.memoryRequests.toLocaleString('en-US')
    return {
      figures: spread === undefined ? [] : [figureOf('memory', spread), figureOf('memory-growth', growth)],
      tables: [
        {
          title: 'Memory (RSS) under version queries at 16 connections',
          head: ['server', `MB after ${count}`, `MB after ${count} more`, '÷ bare', 'from, to'],
          rows: [...rounds.figures].map(([name, figures]) => [
            name,
            short(spreadOf(figures.map(({ firstMB }) => firstMB)).median),
            short(spreadOf(figures.map(({ secondMB }) => secondMB)).median),
            ...cellsOf(ratio(name)),
          ]),
        },
      ],
    }
  },
}

async function measure({ load, cores, memoryRequests }: Setting, subject: Subject): Promise<Memory> {
  const server = await startServer(subject, requestFor(subject, 'version-query'), cores?.server)
  try {
    const put = () =>
      load.sample(server, 'version-query', { connections: 16, warmUpMs: 0, until: { requests: memoryRequests } })
    await put()
    const firstMB = server.memoryMB()
    await put()
    return { firstMB, secondMB: server.memoryMB() }
  } finally {
    await server.stop()
  }
}
