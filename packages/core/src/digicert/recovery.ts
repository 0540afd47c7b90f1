import { amend, CerttwinError, type ErrorCode } from '../errors.ts'
import { parsePublicKeyOfCsr } from '../pkcs10.ts'
import { type CallOptions, type CallSettings, parseMs } from '../transport/options.ts'
import { sleep } from '../transport/sleep.ts'
import type { CertificateChainEntry, DuplicateEntry } from './api.generated.ts'
import type { Issuance } from './issuance.ts'
import type { Requests } from './requests.ts'

/** What finding out about a duplicate takes. */
export interface RecoverySteps {
  /** Those of the order that have the public key of the CSR, newest first. */
  findAllByKey(orderId: number, csr: string, options: CallOptions): Promise<readonly DuplicateEntry[]>
  chain(certificateId: number, options: CallOptions): Promise<readonly CertificateChainEntry[]>
  readonly requests: Pick<Requests, 'list' | 'get'>
  /** How often and how long the client asks for anything. */
  readonly settings: Pick<CallSettings, 'deadlineMs' | 'retry'>
}

export interface RecoveryOptions extends CallOptions {
  /** How long a duplicate may take to show up in the list after an answer was lost, in milliseconds; 10,000 unless told otherwise. */
  readonly settleMs?: number
}

const lookEveryMs = 1000

/**
 * Asks for a duplicate, and after a lost answer looks for it by its key instead of asking blindly again.
 *
 * Nothing is looked for before the first request, since a key may be used twice: a caller who recovers gives each duplicate a key of
 * its own. Where the list cannot be read in time, nobody knows, and it is not asked for again.
 */
export async function createRecovering(
  steps: RecoverySteps,
  create: (limits: CallOptions) => Promise<Issuance>,
  { orderId, csr }: { readonly orderId: number; readonly csr: string },
  { settleMs, ...options }: RecoveryOptions,
): Promise<Issuance> {
  const patienceMs = parseMs('settleMs', settleMs, 10_000, 0)
  const attempts = options.retry?.attempts ?? steps.settings.retry.attempts
  const endMs = performance.now() + parseMs('deadlineMs', options.deadlineMs, steps.settings.deadlineMs)
  const limits = (): CallOptions => ({ ...options, deadlineMs: Math.max(1, endMs - performance.now()) })
  for (let attempt = 1; ; attempt++) {
    try {
      return await create(limits())
    } catch (error) {
      if (!(error instanceof CerttwinError)) throw error
      // What an earlier attempt did stays open, whatever becomes of this one.
      if (error.outcome !== 'unknown' || error.code === 'aborted') throw attempt > 1 ? open(error) : error
      // And whatever goes wrong while it is looked for, nobody knows then whether it is there.
      const found = await look(steps, orderId, csr, { settledMs: performance.now() + patienceMs, endMs, limits }).catch(
        () => {
          throw options.signal?.aborted ? open(error, ' Then it was aborted.', 'aborted') : error
        },
      )
      if (found !== undefined) return found
      if (attempt >= attempts) throw open(error, ` It was asked for ${attempt} times and did not show up.`)
    }
  }
}

interface Search {
  /** When it would have shown up, and when the caller's time is up. */
  readonly settledMs: number
  readonly endMs: number
  readonly limits: () => CallOptions
}

async function look(
  steps: RecoverySteps,
  orderId: number,
  csr: string,
  { settledMs, endMs, limits }: Search,
): Promise<Issuance | undefined> {
  for (;;) {
    const options = limits()
    const entries = await steps.findAllByKey(orderId, csr, options)
    const entry = entries.find(({ status }) => status !== 'rejected')
    if (entry !== undefined) return toIssuance(steps, orderId, entry, limits())
    const nowMs = performance.now()
    const pauseMs = Math.max(0, Math.min(lookEveryMs, settledMs - nowMs))
    // What is asked for without time for an answer, or before the first is settled, could be another one.
    if (nowMs + pauseMs >= endMs) throw new Error('late')
    if (pauseMs === 0) return undefined
    await sleep(pauseMs, options.signal === undefined ? [] : [options.signal])
  }
}

async function toIssuance(
  steps: RecoverySteps,
  orderId: number,
  { id, status, csr }: DuplicateEntry,
  options: CallOptions,
): Promise<Issuance> {
  if (status === 'pending')
    return { state: 'pending', id: orderId, requests: await findRequests(steps, orderId, csr, options) }
  if (status !== 'approved' && status !== 'issued') return { state: 'processing', id: orderId, certificate_id: id }
  return { state: 'issued', id: orderId, certificate_id: id, certificate_chain: await steps.chain(id, options) }
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
