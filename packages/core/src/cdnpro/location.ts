import { type Answer, unexpected } from '../transport/answer.ts'

/**
 * The id in the `Location` of an answer: what follows the last such segment of its path, or the path's last part where a proxy
 * has cut that segment off.
 *
 * @throws CerttwinError `unexpected_response` when the header is missing or has another form
 */
export function idInLocation(
  operation: string,
  segment: string,
  { response }: Answer<unknown>,
  form: RegExp = /[A-Za-z0-9-]+/,
): string {
  const path = (response.headers.get('Location') ?? '').replace(/[?#].*$/, '').replace(/\/$/, '')
  const place = path.includes(`${segment}/`) ? `.*\\b${segment}/(${form.source})(?:/.*)?` : `(?:.*/)?(${form.source})`
  const id = new RegExp(`^${place}$`).exec(path)?.[1]
  if (id !== undefined) return id
  throw unexpected(operation, 'the answer does not say where the new resource is.', response.status)
}
