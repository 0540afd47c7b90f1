import { spreadOf } from '../arithmetic.ts'
import { requestFor } from '../load.ts'
import { figureOf } from '../measures.ts'
import type { Target } from '../requests.ts'
import { measureInRounds, ratioOf } from '../rounds.ts'
import { startServer } from '../server.ts'
import { baseName, baseOf, honoOf, type Missing, peersOf, type Subject, twinOf } from '../subjects.ts'
import { cellsOf, type Part, type Setting, short } from './part.ts'

interface Start {
  readonly name: string
  readonly subject: Subject
  readonly target: Target
}

const twins = { 'cold-start-cdnpro': 'CDN Pro twin', 'cold-start-digicert': 'DigiCert twin' } as const

/** From the start of the process to the first answer; every server is started anew in each round. */
export const coldStart: Part = {
  name: 'cold-start',
  async run(setting) {
    const { starts, unavailable } = startsOf(setting)
    const rounds = await measureInRounds(starts, setting.rounds, async ({ subject, target }) => {
      const server = await startServer(subject, requestFor(subject, target), setting.cores?.server)
      await server.stop()
      return server.coldStartMs
    })
    const ratio = (name: string) => ratioOf(rounds, name, baseName, Number)
    const rows = [...rounds.figures].map(([name, ms]) => [name, short(spreadOf(ms).median), ...cellsOf(ratio(name))])
    const failed = [...unavailable, ...rounds.missing].map(({ name, reason }) => [
      name,
      `not measured: ${reason}`,
      '–',
      '–',
    ])
    return {
      figures: (['cold-start-cdnpro', 'cold-start-digicert'] as const).flatMap((measure) => {
        const spread = ratio(twins[measure])
        return spread === undefined ? [] : [figureOf(measure, spread)]
      }),
      tables: [
        {
          title: 'Cold start to the first answer',
          head: ['server', 'ms', '÷ bare', 'from, to'],
          rows: [...rows, ...failed],
        },
      ],
    }
  },
}

function startsOf({ workshop }: Setting) {
  const peers = peersOf(workshop, 'version-query')
  const subjects = [baseOf(workshop, 'version-query'), honoOf(workshop, 'version-query'), ...peers]
  const starts: Start[] = subjects.flatMap((subject) =>
    'reason' in subject ? [] : [{ name: subject.name, subject, target: 'version-query' as const }],
  )
  starts.push({ name: twins['cold-start-cdnpro'], subject: twinOf(workshop, 'version-query'), target: 'version-query' })
  starts.push({ name: twins['cold-start-digicert'], subject: twinOf(workshop, 'duplicate'), target: 'duplicate' })
  return { starts, unavailable: subjects.filter((subject): subject is Missing => 'reason' in subject) }
}
