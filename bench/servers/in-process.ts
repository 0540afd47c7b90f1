// Calls without a port: of the twin, of a stub, and of `fetch` that MSW intercepts. MSW has a process of its own, since it replaces globals.
import { readFileSync } from 'node:fs'
import { createTwin } from './create-twin.ts'

interface Job {
  /** Whether the answer's text is read too. */
  readonly reads: boolean
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly warmUpMs: number
  readonly sampleMs: number
}
type Call = (job: Job) => Promise<Response>

interface MswModule {
  readonly http: { get(url: string, resolve: () => Response): object }
  readonly HttpResponse: typeof Response
}
interface MswNodeModule {
  readonly setupServer: (handler: object) => { listen(): void }
}

const [subject, stubFile = ''] = process.argv.slice(2)
const stub = JSON.parse(readFileSync(stubFile, 'utf8')) as { status: number; contentType: string; body: string }
const init = { status: stub.status, headers: { 'Content-Type': stub.contentType } }

async function createTwinCall(): Promise<Call> {
  const mock = await createTwin('cdnpro', 'journal')
  return ({ url, headers }) => mock.fetch(new Request(url, { headers }))
}

function createStubCall(): Call {
  const answer = async (_request: Request): Promise<Response> => new Response(stub.body, init)
  return ({ url, headers }) => answer(new Request(url, { headers }))
}

async function createMswCall(): Promise<Call> {
  // Through a variable: the peers are not installed when types are checked.
  const msw: string = 'msw'
  const { http, HttpResponse } = (await import(msw)) as MswModule
  const { setupServer } = (await import(`${msw}/node`)) as MswNodeModule
  setupServer(http.get('https://open.chinanetcenter.com/*', () => new HttpResponse(stub.body, init))).listen()
  return ({ url, headers }) => fetch(url, { headers })
}

async function callFor(call: () => Promise<unknown>, durationMs: number): Promise<number> {
  const startMs = performance.now()
  let calls = 0
  while (performance.now() - startMs < durationMs) {
    for (let each = 0; each < 20; each++) await call()
    calls += 20
  }
  return calls / ((performance.now() - startMs) / 1000)
}

async function measure(call: Call, job: Job): Promise<number> {
  const response = await call(job)
  if (response.status !== stub.status || (await response.text()) !== stub.body)
    throw new Error(`${subject} answered ${response.status} instead of the bytes of the twin.`)
  const once = job.reads ? async () => (await call(job)).text() : () => call(job)
  await callFor(once, job.warmUpMs)
  return callFor(once, job.sampleMs)
}

const call = await (subject === 'twin' ? createTwinCall() : subject === 'msw' ? createMswCall() : createStubCall())
process.on('message', (job: Job) => {
  void measure(call, job).then((perSecond) => process.send?.({ perSecond }))
})
