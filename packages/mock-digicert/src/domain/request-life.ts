// What can happen to a request.
import type { RequestRecord } from '../entities.ts'
import { refuse } from '../errors.ts'
import { nextState, type TransitionTable } from './transition-table.ts'

type Status = RequestRecord['status']

/** The first three set the status of their name; what is dropped is a request whose order gives up what it asked for. */
export type RequestEvent = 'pending' | 'approved' | 'rejected' | 'drop'

/** All rows are assumed but the last one. */
export const requestTransitions: TransitionTable<RequestEvent, Status> = {
  pending: { submitted: 'pending' },
  approved: { submitted: 'approved', pending: 'approved' },
  rejected: { submitted: 'rejected', pending: 'rejected' },
  drop: { submitted: 'rejected', pending: 'rejected', approved: 'rejected' },
}

/**
 * The event that sets a status; undefined when the request has it already, which is no change (assumed).
 *
 * @throws Refusal when the request is decided, or the status is none to set
 */
export function eventThatSets(text: string, status: Status): RequestEvent | undefined {
  const wanted = readStatus(text)
  if (wanted === status) return undefined
  if (wanted !== 'submitted' && requestTransitions[wanted][status] !== undefined) return wanted
  throw isOpen(status) ? refuse('param-invalid', 'status') : refuse('request-already-processed')
}

/** The request after an event; one that it decides keeps who decided, and when. */
export function requestAfter(
  request: RequestRecord,
  event: RequestEvent,
  processing: NonNullable<RequestRecord['processing']>,
): RequestRecord {
  const status = nextState(requestTransitions, request.status, event)
  return isOpen(status) ? { ...request, status } : { ...request, status, processing }
}

/** Whether the request waits for a decision. */
export function isOpen(status: Status): boolean {
  return status === 'submitted' || status === 'pending'
}

/** @throws Refusal `invalid_param:status` for a word that is no status. */
function readStatus(text: string): Status {
  const wanted = text.toLowerCase().replaceAll('_', '')
  const status = (['submitted', 'pending', 'approved', 'rejected'] as const).find((name) => name === wanted)
  if (status === undefined) throw refuse('param-invalid', 'status')
  return status
}
