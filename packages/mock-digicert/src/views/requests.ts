// Requests, and the people who made and decided them.
import type { Person, RevocationResponse } from '../api.generated.ts'
import { formatTime } from '../domain/dates.ts'
import type { RequestRecord } from '../entities.ts'
import { mustGet, type State } from '../state.ts'

/** The vendor's words for the types. */
const types: Readonly<Record<RequestRecord['type'], string>> = {
  newRequest: 'new_request',
  duplicate: 'duplicate',
  reissue: 'reissue',
  revoke: 'revoke',
}

/** The answer to a revocation that waits for an approval. */
export function toRevocationResponse(state: State, request: RequestRecord): RevocationResponse {
  const { id, createdMs, type, status, requesterId, comments } = request
  return {
    id,
    date: formatTime(createdMs),
    type: types[type],
    status,
    requester: toPersonView(state, requesterId),
    ...(comments !== undefined && { comments }),
  }
}

export function toPersonView({ users }: State, userId: number): Person {
  const { id, firstName, lastName, email } = mustGet(users, userId)
  return { id, first_name: firstName, last_name: lastName, email }
}
