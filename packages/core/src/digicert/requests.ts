import type { Client } from 'openapi-fetch'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  ApprovalRequest,
  ApprovalRequestEntry,
  paths,
  RequestFilters,
  RequestStatusUpdate,
} from './api.generated.ts'

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

export function createRequests(api: Client<paths>, call: Call): Requests {
  const decide = async (requestId: number, status: string, { comment, ...options }: DecisionOptions): Promise<void> => {
    const body: RequestStatusUpdate = { status, ...(comment === undefined ? {} : { processor_comment: comment }) }
    await call('updateRequestStatus', options, (init) =>
      api.PUT('/request/{request_id}/status', { params: { path: { request_id: requestId } }, body, ...init }),
    )
  }
  return {
    async get(requestId, options) {
      const params = { path: { request_id: requestId } }
      return expectData(
        'getRequest',
        await call('getRequest', options, (init) => api.GET('/request/{request_id}', { params, ...init })),
      )
    },
    list: ({ filters, sort, pageSize, ...options } = {}) =>
      eachOfPages(call, {
        operation: 'listRequests',
        name: 'requests',
        run: (page, init) => {
          const query = { ...page, ...(sort !== undefined && { sort }), ...(filters && { filters }) }
          return api.GET('/request', { params: { query }, ...init })
        },
        pageSize,
        options,
      }),
    approve: (requestId, options = {}) => decide(requestId, 'approved', options),
    reject: (requestId, options = {}) => decide(requestId, 'rejected', options),
  }
}
