import { toNothing } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type { ApprovalRequest, ApprovalRequestEntry, RequestFilters } from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

/** What a list of requests is narrowed down to, and sorted by. */
export interface RequestQuery extends ListOptions {
  /** Only requests that fit all of them. */
  readonly filters?: RequestFilters
  /** For instance `-date`; newest first unless told. */
  readonly sort?: string
}

/** What waits for an administrator or a manager, or did. */
export interface Requests {
  /** A request, with its order as it was when the request was made. @throws CerttwinError `not_found` */
  get(requestId: number, options?: CallOptions): Promise<ApprovalRequest>
  /**
   * The requests of the account, newest first. Read them all before you decide on any: what leaves the list meanwhile moves the rest,
   * and a page skips it.
   */
  list(query?: RequestQuery): AsyncIterable<ApprovalRequestEntry>
  /**
   * Approves a request. It takes the key of an administrator or a manager.
   *
   * @throws CerttwinError `forbidden` when the key's user may not approve
   */
  approve(requestId: number, options?: DecisionOptions): Promise<void>
  /** Turns a request down. @throws CerttwinError `forbidden` when the key's user may not */
  reject(requestId: number, options?: DecisionOptions): Promise<void>
}

/** What is said with a decision. */
export interface DecisionOptions extends CallOptions {
  /** A remark that is kept with the request. */
  readonly comment?: string
}

export function createRequests(call: Call<Routes>): Requests {
  const decide = (requestId: number, status: string, { comment, ...options }: DecisionOptions = {}): Promise<void> => {
    const message = { path: { request_id: requestId }, body: { status, processor_comment: comment } }
    return call('updateRequestStatus PUT /request/{request_id}/status', message, options, toNothing)
  }
  return {
    get: (requestId, options) =>
      call('getRequest GET /request/{request_id}', { path: { request_id: requestId } }, options),
    list: ({ filters, sort, ...options } = {}) =>
      eachOfPages(call, 'listRequests GET /request', 'requests', options, { filters, sort }),
    approve: (requestId, options) => decide(requestId, 'approved', options),
    reject: (requestId, options) => decide(requestId, 'rejected', options),
  }
}
