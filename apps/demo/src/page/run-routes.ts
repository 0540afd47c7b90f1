import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { type PageEnv, parseJson } from './request-body.ts'
import type { Run } from './run.ts'
import { parseDecision, parseRunRequest } from './run-request.ts'
import type { Runs } from './runs.ts'

/** Start runs, watch them, decide about what waits. */
export function createRunRoutes(runs: Runs): Hono<PageEnv> {
  const routes = new Hono<PageEnv>()
  routes.get('/', (context) => context.json(runs.list().map(({ view }) => view)))
  routes.post('/', (context) => {
    const plan = parseRunRequest(parseJson(context.var.body))
    return context.json(runs.start(plan).view, 201)
  })
  routes.get('/:id/events', (context) => streamEvents(context, findRun(runs, context)))
  routes.post('/:id/decision', (context) => {
    const run = findRun(runs, context)
    if (run.decide(parseDecision(parseJson(context.var.body)))) return context.json(run.view)
    throw new HTTPException(409, { message: 'Nothing waits for a decision in this run.' })
  })
  return routes
}

/** All events of a run from the first one, or from where the reader's connection broke off; ends when the run does. */
function streamEvents(context: Context, { events }: Run): Response {
  const lastId = Number(context.req.header('Last-Event-ID') ?? -1)
  const from = Number.isSafeInteger(lastId) && lastId >= 0 ? lastId + 1 : 0
  return streamSSE(context, async (stream) => {
    const gone = new AbortController()
    stream.onAbort(() => gone.abort())
    for await (const { index, event } of events.follow(from, gone.signal)) {
      await stream.writeSSE({ id: String(index), event: event.kind, data: JSON.stringify(event) })
    }
    await stream.writeSSE({ event: 'end', data: '' })
  })
}

function findRun(runs: Runs, context: Context): Run {
  const run = runs.get(Number(context.req.param('id')))
  if (run === undefined) throw new HTTPException(404, { message: 'There is no such run; it may have been forgotten.' })
  return run
}
