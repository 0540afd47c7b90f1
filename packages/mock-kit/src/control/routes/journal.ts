import { Hono } from 'hono'
import { toCurl } from '../../journal/curl.ts'
import { toHar } from '../../journal/har.ts'
import type { Twin } from '../../twin.ts'
import { type ControlEnv, worldOf } from '../env.ts'
import { queryNames, readJournalQuery } from '../journal-query.ts'
import { streamJournal } from '../journal-stream.ts'
import { toJournalView } from '../views.ts'

export const journal: Hono<ControlEnv> = new Hono<ControlEnv>()

journal.get('/requests', (context) => {
  const world = worldOf(context, ...queryNames)
  const entries = world.journal.query(readJournalQuery(context.req.query()))
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
  worldOf(context).journal.clear()
  return context.body(null, 204)
})

journal.get('/requests/stream', (context) => {
  const world = worldOf(context)
  context.header('Content-Type', 'text/event-stream')
  if (context.req.method === 'HEAD') return context.body(null) // nobody would ever leave the stream
  return context.body(streamJournal(world.journal, context.req.raw, context.env.closing))
})
