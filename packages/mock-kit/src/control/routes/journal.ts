import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { toCurl } from '../../journal/curl.ts'
import { toHar } from '../../journal/har.ts'
import type { Twin } from '../../twin.ts'
import type { ControlEnv } from '../env.ts'
import { readJournalQuery } from '../journal-query.ts'
import { followJournal } from '../journal-stream.ts'
import { toJournalView } from '../views.ts'

export const journal: Hono<ControlEnv> = new Hono<ControlEnv>()

journal.get('/requests', (context) => {
  const entries = context.var.world.journal.query(readJournalQuery(context.req.query()))
  const form = context.req.query('as') ?? 'json'
  if (form === 'curl') return context.text(entries.map((entry) => `${toCurl(entry)}\n`).join(''))
  if (form === 'har') return context.json(toHar(entries, creatorOf(context.env.twin)))
  return context.json({ requests: entries.map(toJournalView) })
})

function creatorOf({ health }: Twin<object>): { name: string; version: string } {
  const { twin: name, version } = health()
  return { name, version }
}

journal.delete('/requests', (context) => {
  context.var.world.journal.clear()
  return context.body(null, 204)
})

journal.get('/requests/stream', (context) =>
  streamSSE(context, (stream) => followJournal(stream, context.var.world.journal, context.env.closing)),
)
