import { CerttwinError } from '../errors.ts'
import type { Answer } from '../transport/call.ts'

/**
 * The id in the `Location` of an answer: what follows the given segment of its path.
 *
 * @throws CerttwinError `unexpected_response` when the header is missing or has another form
 */
export function idInLocation(operation: string, segment: string, { response }: Answer<unknown>): string {
  const id = findInLocation(segment, response)
  if (id !== undefined) return id
  const message = `${operation} failed: the answer does not say where the new resource is.`
  throw new CerttwinError({
    code: 'unexpected_response',
    message,
    operation,
    outcome: 'unknown',
    status: response.status,
  })
}

export function findInLocation(segment: string, response: Response): string | undefined {
  const location = response.headers.get('Location') ?? ''
  return new RegExp(`/${segment}/([A-Za-z0-9-]+)`).exec(location)?.[1]
}
