// `node bench/endurance.ts [--minutes 15]`: mixed load at 64 connections on both twins with faults on. It fails when a twin ends, answers
// with a 5xx of its own, or grows. The state is reset each minute, since what is stored has to be kept.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { requestOf } from './requests.ts'

interface Call {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Twin {
  readonly name: string
  readonly process: ChildProcess
  readonly url: string
  readonly control: string
  readonly agent: Agent
  readonly draw: () => Call
  /** By status, or by the code of an error. */
  readonly seen: Map<string, number>
  lastId: number
}

/** The faults of the run: each kind, on a part of the calls. */
const faults = [
  { kind: 'error', status: 500, every: 97 },
  { kind: 'error', status: 503, every: 101 },
  { kind: 'reset', every: 103 },
  { kind: 'reset', effect: 'after', every: 107 },
  { kind: 'truncated-body', every: 109 },
  { kind: 'broken-json', every: 113 },
  { kind: 'delay', delay: '50ms', every: 127 },
  { kind: 'slow-body', delay: '5ms', every: 131 },
  { kind: 'wrong-content-type', probability: 0.005 },
]

const json = { 'Content-Type': 'application/json' }
const key = { 'X-DC-DEVKEY': 'MOCKKEYADMIN' }

function drawDigicert(): Call {
  const orders = '/services/v2/order/certificate'
  const draws: readonly (() => Call)[] = [
    () => ({ method: 'GET', path: `${orders}/100003/duplicate`, headers: key }),
    () => ({ method: 'GET', path: '/services/v2/certificate/100103/download/format/pem_all', headers: key }),
    () => ({ ...requestOf.duplicate(Date.now()) }),
    () => ({ ...requestOf['issued-duplicate'](Date.now()) }),
    () => ({
      method: 'POST',
      path: `${orders}/112233/duplicate`,
      headers: { ...key, ...json },
      body: '{"certificate":{}}',
    }),
    () => ({ method: 'GET', path: `${orders}/100003/duplicate`, headers: { 'X-DC-DEVKEY': 'nobody' } }),
    () => ({
      method: 'PUT',
      path: '/services/v2/request/4711/status',
      headers: { ...key, ...json },
      body: '{"status":"approved"}',
    }),
  ]
  return draws[randomInt(draws.length)]!()
}

function drawCdnPro(): Call {
  const headers = signedHeaders()
  const identification = { countryCode: 'DE', commonName: 'load.example', company: 'Load', email: 'a@load.example' }
  const selfSigned = { certificate: 'GENERATE', privateKey: 'ECC256', identificationInfo: identification }
  const draws: readonly (() => Call)[] = [
    () => requestOf['version-query'](Date.now()),
    () => requestOf['version-query'](Date.now()),
    () => ({ method: 'GET', path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d', headers }),
    () => ({
      method: 'POST',
      path: '/cdn/certificates',
      headers: { ...headers, ...json },
      body: JSON.stringify({ name: `load-${randomInt(1e9)}`, newVersion: selfSigned }),
    }),
    () => ({
      method: 'POST',
      path: '/cdn/deploymentTasks',
      headers: { ...headers, ...json },
      body: '{"target":"staging","actions":[]}',
    }),
    () => ({ method: 'GET', path: '/cdn/certificates/nowhere', headers }),
    () => ({ method: 'GET', path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d', headers: {} }),
  ]
  return draws[randomInt(draws.length)]!()
}

function signedHeaders(): Record<string, string> {
  const date = new Date().toUTCString()
  const password = createHmac('sha1', 'example_apiKey').update(date).digest('base64')
  return { Date: date, Authorization: `Basic ${Buffer.from(`example_username:${password}`).toString('base64')}` }
}

async function start(name: 'digicert' | 'cdnpro', folder: string, draw: () => Call): Promise<Twin> {
  const file = join(folder, 'faults.json')
  writeFileSync(file, JSON.stringify(faults))
  const program = join(import.meta.dirname, `../packages/mock-${name}/src/cli.ts`)
  const flags = ['--port', '0', '--json', '--rate-limits', 'off', '--faults', file]
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { control } = JSON.parse(String(line)) as { control: string }
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  return { name, process: child, control, url: new URL(control).origin, agent, draw, seen: new Map(), lastId: 0 }
}

/** Sends one call and notes what came of it. */
function send({ url, agent, draw, seen }: Twin): Promise<void> {
  const { method, path, headers = {}, body = '' } = draw()
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
  const length = body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) }
  return new Promise((resolve) => {
    const end = (what: string): void => {
      note(what)
      resolve()
    }
    httpRequest(`${url}${path}`, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume().on('end', () => end(String(response.statusCode)))
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'))
    })
      .on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'))
      .end(body)
  })
}

interface Entry {
  readonly id: number
  readonly status: number
  readonly url: string
  readonly fault?: { readonly injected: boolean }
}

/** The 5xx that no fault brought about, since the last look. */
async function ownFailures(twin: Twin): Promise<Entry[]> {
  const response = await fetch(`${twin.control}/requests?status=5xx&after=${twin.lastId}`)
  const { requests } = (await response.json()) as { requests: Entry[] }
  twin.lastId = requests.at(-1)?.id ?? twin.lastId
  return requests.filter(({ fault }) => fault?.injected !== true)
}

function memoryMB({ process: { pid } }: Twin): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000)
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' } } })
const minutes = Number(values.minutes)
const folder = mkdtempSync(join(tmpdir(), 'certtwin-endurance-'))
const twins = [await start('digicert', folder, drawDigicert), await start('cdnpro', folder, drawCdnPro)]
const endMs = performance.now() + minutes * 60_000
const workers = twins.flatMap((twin) =>
  Array.from({ length: 32 }, async () => {
    while (performance.now() < endMs && twin.process.exitCode === null) await send(twin)
  }),
)
const failures: string[] = []
const series = new Map(twins.map(({ name }) => [name, [] as number[]]))
for (let half = 1; half <= minutes * 2; half++) {
  await new Promise((resolve) => setTimeout(resolve, 30_000))
  for (const twin of twins) {
    if (twin.process.exitCode !== null) failures.push(`${twin.name} ended with ${twin.process.exitCode}`)
    for (const { status, url } of await ownFailures(twin)) failures.push(`${twin.name}: ${status} for ${url}`)
    series.get(twin.name)!.push(memoryMB(twin))
    if (half % 2 === 0) await fetch(`${twin.control}/reset`, { method: 'POST' })
  }
  process.stderr.write(
    `${half / 2} min: ${[...series].map(([name, list]) => `${name} ${list.at(-1)} MB`).join(', ')}\n`,
  )
}
await Promise.all(workers)
for (const { name, seen, process: child } of twins) {
  const counts = [...seen]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([what, count]) => `${what}: ${count}`)
  process.stdout.write(`${name}: ${counts.join(', ')}\n  memory each half minute, MB: ${series.get(name)!.join(' ')}\n`)
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) failures.push(`${name} ended with ${code}`)
}
rmSync(folder, { recursive: true })
process.stdout.write(failures.length === 0 ? 'No failure.\n' : `${failures.slice(0, 20).join('\n')}\n`)
process.exitCode = failures.length === 0 ? 0 : 1
