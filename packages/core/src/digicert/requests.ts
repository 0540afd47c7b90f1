import type { Client } from 'openapi-fetch'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/transport.ts'
import type { paths, RequestStatusUpdate } from './api.generated.ts'

export interface Requests {
  /**
   * Approves a request. It takes the key of an administrator or a manager.
   *
   * @throws CerttwinError `forbidden` when the key's user may not approve
   */
  approve(requestId: number, options?: DecisionOptions): Promise<void>
  /** Turns a request down. */
  reject(requestId: number, options?: DecisionOptions): Promise<void>
}

export interface DecisionOptions extends CallOptions {
  /** A remark that is kept with the request. */
  readonly comment?: string
}

export function createRequests(api: Client<paths>, call: Call): Requests {
  const decide = async (requestId: number, status: string, { comment, ...options }: DecisionOptions): Promise<void> => {
    const body: RequestStatusUpdate = { status, ...(comment === undefined ? {} : { processor_comment: comment }) }
    await call('updateRequestStatus', () =>
      api.PUT('/request/{request_id}/status', { params: { path: { request_id: requestId } }, body, ...options }),
    )
  }
  return {
    approve: (requestId, options = {}) => decide(requestId, 'approved', options),
    reject: (requestId, options = {}) => decide(requestId, 'rejected', options),
  }
}
