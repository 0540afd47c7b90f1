// The load generator. Our own: autocannon needs 96 % of its core to keep bare node:http busy here and has latencies in whole milliseconds.
import { connect, type Socket } from 'node:net'
import { percentile } from '../arithmetic.ts'
import { counterDigits } from '../requests.ts'
import { answerLength } from './answer-length.ts'
import { createCounter } from './counter.ts'

/** One sample: every connection sends the next request when it has the answer to the last one. */
export interface LoadJob {
  readonly port: number
  /** The request as it goes over the wire. */
  readonly request: string
  readonly expectedStatus: number
  readonly connections: number
  /** Answers of this time are not counted. */
  readonly warmUpMs: number
  /** When the sample is over. */
  readonly until: { readonly sampleMs: number } | { readonly requests: number }
}

export interface LoadSample {
  readonly requests: number
  readonly requestsPerSecond: number
  readonly p99Ms: number
}

const patienceMs = 120_000

/**
 * Puts a server under load and returns what it did.
 *
 * @throws Error when an answer has another status than expected, or a connection ends
 */
export async function generateLoad(job: LoadJob): Promise<LoadSample> {
  const sample = createSample(job)
  const nextRequest = createCounter(Buffer.from(job.request), counterDigits)
  const sockets = Array.from({ length: job.connections }, () =>
    connect({ port: job.port, host: '127.0.0.1', noDelay: true }),
  )
  try {
    await new Promise<void>((resolve, reject) => {
      for (const socket of sockets) drive(socket, nextRequest, (answer, sentMs) => sample.take(answer, sentMs), reject)
      sample.whenDone(resolve)
      setTimeout(() => reject(new Error('The server did not finish in two minutes.')), patienceMs)
    })
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  const result = sample.result()
  if (result.requests === 0) throw new Error('The server did not answer.')
  return result
}

/** Sends request after request on one connection. */
function drive(
  socket: Socket,
  nextRequest: () => Buffer,
  take: (answer: Buffer, sentMs: number) => void,
  fail: (error: Error) => void,
): void {
  let received: Buffer = Buffer.alloc(0)
  let sentMs = 0
  const send = (): void => {
    sentMs = performance.now()
    socket.write(nextRequest())
  }
  const read = (data: Buffer): void => {
    received = received.length === 0 ? data : Buffer.concat([received, data])
    if (answerLength(received) === undefined) return
    take(received, sentMs)
    received = Buffer.alloc(0)
    send()
  }
  socket.on('connect', send).on('error', fail)
  socket.on('end', () => fail(new Error('The server ended a connection.')))
  socket.on('data', (data) => {
    try {
      read(data)
    } catch (error) {
      fail(error as Error)
    }
  })
}

interface RunningSample {
  /** @throws Error for an unexpected status */
  take(answer: Buffer, sentMs: number): void
  whenDone(done: () => void): void
  result(): LoadSample
}

function createSample({ warmUpMs, until, expectedStatus }: LoadJob): RunningSample {
  const limit = 'requests' in until ? until.requests : Number.POSITIVE_INFINITY
  const latenciesMs: number[] = []
  let startMs = Number.POSITIVE_INFINITY
  let endMs = 0
  let finish = (): void => {}
  return {
    take(answer, sentMs) {
      const nowMs = performance.now()
      const status = Number(answer.toString('latin1', 9, 12))
      if (status !== expectedStatus) throw new Error(`The server answered ${status} instead of ${expectedStatus}.`)
      if (nowMs < startMs || latenciesMs.length >= limit) return
      endMs = nowMs
      if (latenciesMs.push(nowMs - sentMs) >= limit) finish()
    },
    whenDone(done) {
      finish = done
      setTimeout(() => {
        startMs = performance.now()
        if ('sampleMs' in until) setTimeout(done, until.sampleMs)
      }, warmUpMs)
    },
    result: () => ({
      requests: latenciesMs.length,
      requestsPerSecond: latenciesMs.length / ((endMs - startMs) / 1000),
      p99Ms: percentile(latenciesMs, 0.99),
    }),
  }
}
