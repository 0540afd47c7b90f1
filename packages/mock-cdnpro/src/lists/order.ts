import { serviceError } from '../errors.ts'
import { givenParameter } from './paging.ts'

/** @throws Refusal `InvalidSortOrder` for anything but `asc` and `desc`, which is the usual one */
export function readSortOrder(query: URLSearchParams): 'asc' | 'desc' {
  const order = givenParameter(query, 'sortOrder') ?? 'desc'
  if (order === 'asc' || order === 'desc') return order
  throw serviceError(400, 'InvalidSortOrder', 'The valid sort order values are asc and desc.')
}
