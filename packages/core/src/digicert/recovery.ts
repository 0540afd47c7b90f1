import { amend, CerttwinError, type ErrorCode } from '../errors.ts'
import { parsePublicKeyOfCsr } from '../pkcs10.ts'
import type { Call } from '../transport/call.ts'
import { type CallOptions, parseCallOptions, parseMs } from '../transport/options.ts'
import { sleep } from '../transport/timer.ts'
import type { DuplicateEntry } from './api.generated.ts'
import type { Certificates } from './certificates.ts'
import type { Issuance } from './issuance.ts'
import type { Requests } from './requests.ts'

/** What finding out about a duplicate takes. */
export interface RecoverySteps {
  /** Those of the order that have the public key of the CSR, newest first. */
  findAllByKey(orderId: number, csr: string, options: CallOptions): Promise<readonly DuplicateEntry[]>
  readonly certificates: Pick<Certificates, 'chain'>
  readonly requests: Pick<Requests, 'list' | 'get'>
}

export interface RecoveryOptions extends CallOptions {
  /** How long a duplicate may take to show up in the list after an answer was lost, in milliseconds; 10,000 unless told otherwise. */
  readonly settleMs?: number
}

const lookEveryMs = 1000

/** The duplicate that is looked for, and how long. */
interface Search {
  readonly steps: RecoverySteps
  readonly orderId: number
  readonly csr: string
  readonly signals: readonly AbortSignal[]
  /** When the caller's time is up. */
  readonly endMs: number
  readonly limits: () => CallOptions
}

/**
 * Asks for a duplicate, and after a lost answer looks for it by its key instead of asking blindly again.
 *
 * Nothing is looked for before the first request, since a key may be used twice: a caller who recovers gives each duplicate a key of
 * its own. Where the list cannot be read in time, nobody knows, and it is not asked for again.
 */
export async function createRecovering(
  { settings }: Pick<Call<unknown>, 'settings'>,
  steps: RecoverySteps,
  create: (limits: CallOptions) => Promise<Issuance>,
  { orderId, csr }: { readonly orderId: number; readonly csr: string },
  { settleMs, ...options }: CallOptions & { readonly settleMs: number | undefined },
): Promise<Issuance> {
  const patienceMs = parseMs('settleMs', settleMs, 10_000, 0)
  const { retry, deadlineMs, signals } = parseCallOptions(options, settings)
  const endMs = performance.now() + deadlineMs
  const limits = (): CallOptions => ({ ...options, deadlineMs: Math.max(1, endMs - performance.now()) })
  for (let attempt = 1; ; attempt++) {
    try {
      return await create(limits())
    } catch (error) {
      if (!(error instanceof CerttwinError)) throw error
      // What an earlier attempt did stays open, whatever becomes of this one.
      if (error.outcome !== 'unknown' || error.code === 'aborted') throw attempt > 1 ? open(error) : error
      const search = { steps, orderId, csr, signals, endMs, limits }
      // And whatever goes wrong while it is looked for, nobody knows then whether it is there.
      const found = await look(search, performance.now() + patienceMs).catch(() => {
        throw signals.some(({ aborted }) => aborted) ? open(error, ' Then it was aborted.', 'aborted') : error
      })
      if (found !== undefined) return found
      if (attempt >= retry.attempts) throw open(error, ` It was asked for ${attempt} times and did not show up.`)
    }
  }
}

/** @param settledMs - when it would have shown up */
async function look(search: Search, settledMs: number): Promise<Issuance | undefined> {
  const { steps, orderId, csr, signals, endMs, limits } = search
  for (;;) {
    const entries = await steps.findAllByKey(orderId, csr, limits())
    const entry = entries.find(({ status }) => status !== 'rejected')
    if (entry !== undefined) return readIssuance(search, entry)
    const nowMs = performance.now()
    const pauseMs = Math.max(0, Math.min(lookEveryMs, settledMs - nowMs))
    // What is asked for without time for an answer, or before the first is settled, could be another one.
    if (nowMs + pauseMs >= endMs) throw new Error('late')
    if (pauseMs === 0) return undefined
    await sleep(pauseMs, signals)
  }
}

async function readIssuance(
  { steps, orderId: id, limits }: Search,
  { id: certificate_id, status, csr }: DuplicateEntry,
): Promise<Issuance> {
  const options = limits()
  if (status === 'pending') return { state: 'pending', id, requests: await findRequests(steps, id, csr, options) }
  if (status !== 'approved' && status !== 'issued') return { state: 'processing', id, certificate_id }
  return {
    state: 'issued',
    id,
    certificate_id,
    certificate_chain: await steps.certificates.chain(certificate_id, options),
  }
}

/** The requests for approval that are about the key; the list does not show it, each single one does. */
async function findRequests(
  { requests }: RecoverySteps,
  orderId: number,
  csr: string | undefined,
  options: CallOptions,
): Promise<{ id: number }[]> {
  const key = parsePublicKeyOfCsr(csr ?? '')
  const found: { id: number }[] = []
  for await (const entry of requests.list({ ...options, filters: { type: 'duplicate', status: 'pending' } })) {
    if (entry.order.id !== orderId) continue
    const { order } = await requests.get(entry.id, options)
    if (parsePublicKeyOfCsr(order.certificate.csr ?? '') === key) found.push({ id: entry.id })
  }
  return found
}

/** The error of a duplicate that may be there all the same. */
function open(error: CerttwinError, more: string = '', code: ErrorCode = error.code): CerttwinError {
  return amend(error, { code, message: `${error.message}${more}`, outcome: 'unknown' })
}
