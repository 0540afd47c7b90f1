import { type Answer, type Read, unexpected } from '../transport/answer.ts'

/**
 * The id in the `Location` of an answer: what follows the last such segment of its path, or the path's last part where a proxy
 * has cut that segment off.
 *
 * @throws CerttwinError `unexpected_response` when the header is missing or has another form
 */
export function idInLocation(segment: string, form: RegExp = /^[A-Za-z0-9-]+$/): Read<unknown, string> {
  return ({ response }) => {
    const [path = ''] = (response.headers.get('Location') ?? '').split(/[?#]/)
    const parts = path.split('/').filter(Boolean)
    const index = parts.lastIndexOf(segment)
    const id = index < 0 ? parts.at(-1) : parts[index + 1]
    if (id !== undefined && form.test(id)) return id
    throw unexpected('no id in Location')
  }
}

/** The number of a new version. */
export function numberInLocation(answer: Answer<unknown>): number {
  return Number(idInLocation('versions', /^\d+$/)(answer))
}
