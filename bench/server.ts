import { execFileSync } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import type { WireRequest } from './requests.ts'
import type { Subject } from './subjects.ts'

/** A subject that serves. */
export interface Server {
  readonly subject: Subject
  readonly port: number
  /** From the start of the process to the first answer. */
  readonly coldStartMs: number
  /** Makes a twin forget what it stored; does nothing to others. */
  forget(): Promise<void>
  /** The memory of the process and those that it started, in MB. */
  memoryMB(): number
  stop(): Promise<void>
}

/** An answer in short. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const patienceMs = 30_000
/** For a server that answers, but not as expected: it may still be loading. */
const impatienceMs = 3000

/**
 * Starts a subject and waits for its first answer.
 *
 * @throws Error when there is none in 30 s, or only others than expected
 */
export async function startServer(subject: Subject, request: WireRequest, core?: number): Promise<Server> {
  const port = await freePort()
  const startMs = performance.now()
  const child = startChild(subject.command(port), { core })
  try {
    await waitForAnswer(child, port, request)
  } catch (error) {
    await child.stop()
    throw error
  }
  const coldStartMs = performance.now() - startMs
  return {
    subject,
    port,
    coldStartMs,
    forget: () => forget(subject, child),
    memoryMB: () => memoryMB(child.pid),
    stop: () => child.stop(),
  }
}

/** Sends one request on a connection of its own. */
export async function ask({ method, path, headers, body }: WireRequest, port: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject).on('end', () => {
      const { statusCode: status = 0, headers: given } = response
      resolve({ status, contentType: given['content-type'] ?? '', body: Buffer.concat(chunks).toString('utf8') })
    })
  })
  outgoing.on('error', reject).end(body)
  return promise
}

async function waitForAnswer(child: Child, port: number, request: WireRequest): Promise<void> {
  let deadlineMs = performance.now() + patienceMs
  let problem = 'it did not listen'
  while (performance.now() < deadlineMs && !child.hasExited()) {
    const answer = await ask(request, port).catch(() => undefined)
    if (answer?.status === request.expectedStatus) return
    if (answer !== undefined) {
      problem = `it answered ${answer.status} to ${request.method} ${request.path}`
      deadlineMs = Math.min(deadlineMs, performance.now() + impatienceMs)
    }
    await wait(1)
  }
  throw new Error(child.hasExited() ? `it ended: ${child.complaint() ?? 'without a word'}` : problem)
}

async function forget({ forgets }: Subject, child: Child): Promise<void> {
  if (!forgets) return
  child.signal('SIGUSR2')
  await wait(100)
}

/** The sum over the process group, as some commands start the real server beneath them. */
function memoryMB(pid: number): number {
  const lines = execFileSync('ps', ['-eo', 'pgid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  const members = lines.map((line) => line.trim().split(/\s+/).map(Number)).filter(([group]) => group === pid)
  return members.reduce((sum, [, kilobytes = 0]) => sum + kilobytes, 0) / 1000
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port
}
