import { join } from 'node:path'
import { spreadOf } from '../arithmetic.ts'
import { startChild } from '../child.ts'
import { requestFor } from '../load.ts'
import { figureOf } from '../measures.ts'
import { measureInRounds, ratioOf } from '../rounds.ts'
import { startServer } from '../server.ts'
import { twinOf } from '../subjects.ts'
import { cellsOf, type Part, short } from './part.ts'

const twin = 'duplicates issued, over HTTP'
const sign = '`crypto.sign`, RSA-2048, SHA-256'

/** Real certificates from a CSR with an RSA-2048 key, against what the signature alone costs. */
export const issuance: Part = {
  name: 'issued-duplicate',
  async run({ workshop, load, cores, rounds: count, warmUpMs, sampleMs }) {
    const subject = twinOf(workshop, 'issued-duplicate')
    const server = await startServer(subject, requestFor(subject, 'issued-duplicate'), cores?.server)
    const signer = startChild([process.execPath, join(workshop.twinFolders.digicert, 'sign.js')], {
      core: cores?.server,
      talks: true,
    })
    const measure: Readonly<Record<string, () => Promise<number>>> = {
      [twin]: async () => {
        await server.forget()
        const sampling = { connections: 16, warmUpMs, until: { sampleMs } }
        return (await load.sample(server, 'issued-duplicate', sampling)).requestsPerSecond
      },
      [sign]: async () => (await signer.ask<{ perSecond: number }>({ warmUpMs, sampleMs })).perSecond,
    }
    try {
      const rounds = await measureInRounds([{ name: sign }, { name: twin }], count, ({ name }) => measure[name]!())
      const ratio = ratioOf(rounds, twin, sign, Number)
      const rows = [...rounds.figures].map(([name, figures]) => [
        name,
        short(spreadOf(figures).median),
        ...cellsOf(ratioOf(rounds, name, sign, Number)),
      ])
      const failed = rounds.missing.map(({ name, reason }) => [name, `not measured: ${reason}`, '–', '–'])
      return {
        figures: ratio === undefined ? [] : [figureOf('issued-duplicate', ratio)],
        tables: [
          {
            title: 'Duplicates that are issued at once',
            head: ['what', 'a second', '÷ signature', 'from, to'],
            rows: [...rows, ...failed],
          },
        ],
      }
    } finally {
      await Promise.all([server.stop(), signer.stop()])
    }
  },
}
