import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** What the service does, by the first part of the path. */
const habits: Readonly<Record<string, (call: Call) => unknown>> = {
  'busy-seconds': (call) => busy(call, () => '1'),
  'busy-date': (call) => busy(call, (now) => new Date(now.getTime() + 1_000).toUTCString()),
  endless: ({ response }) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"certificates":['),
  redirect: ({ response }) => response.writeHead(307, { Location: 'http://elsewhere.test/' }).end(),
  echo,
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Who is known already. */
  readonly known: Set<string>
}

/** Starts a service that does on a port what no twin does. */
export async function startOddService(): Promise<Server> {
  const known = new Set<string>()
  const server = createServer((request, response) => {
    const habit = habits[request.url!.split('/')[1]!]
    if (habit === undefined) response.writeHead(404).end()
    else void habit({ request, response, known })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}

/** Refuses the first call that somebody makes, and says when to come again. */
function busy({ request: { url }, response, known }: Call, retryAfter: (now: Date) => string): void {
  const who = url!.split('/', 3).join('/')
  const now = new Date()
  response.setHeader('Date', now.toUTCString())
  if (known.has(who)) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"certificates":[]}')
    return
  }
  known.add(who)
  const wholeSecond = new Date(Math.floor(now.getTime() / 1_000) * 1_000)
  response.writeHead(429, { 'Retry-After': retryAfter(wholeSecond) }).end('{}')
}

/** Repeats whatever it got, wherever an answer has room for it. */
async function echo({ request, response }: Call): Promise<void> {
  const heard = [request.url, ...request.rawHeaders, await text(request)].join(' ')
  const body = { errors: [{ code: heard, message: heard }], code: heard, message: heard }
  const headers = { 'Content-Type': 'application/json', 'x-cnc-request-id': encodeURI(heard).slice(0, 2_000) }
  response.writeHead(400, headers).end(JSON.stringify(body))
}
