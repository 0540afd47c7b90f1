import { type Answer, unexpected } from '../transport/call.ts'

/**
 * The id in the `Location` of an answer: what follows the last such segment of its path.
 *
 * @throws CerttwinError `unexpected_response` when the header is missing or has another form
 */
export function idInLocation(
  operation: string,
  segment: string,
  { response }: Answer<unknown>,
  form: RegExp = /[A-Za-z0-9-]+/,
): string {
  const location = response.headers.get('Location') ?? ''
  const id = new RegExp(`^.*/${segment}/(${form.source})$`).exec(location)?.[1]
  if (id !== undefined) return id
  throw unexpected(operation, 'the answer does not say where the new resource is.', response.status)
}
