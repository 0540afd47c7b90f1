import { type Answer, type Read, unexpected } from '../transport/answer.ts'

/**
 * The id in the `Location` of an answer: what follows the last such segment of its path, or the path's last part where a proxy
 * has cut that segment off.
 *
 * @throws CerttwinError `unexpected_response` when the header is missing or has another form
 */
export function idInLocation(segment: string, form: string = '[A-Za-z0-9-]+'): Read<unknown, string> {
  return ({ response }) => {
    const path = (response.headers.get('Location') ?? '').replace(/[?#].*$/, '').replace(/\/$/, '')
    const place = path.includes(`${segment}/`) ? `.*\\b${segment}/(${form})(?:/.*)?` : `(?:.*/)?(${form})`
    const id = new RegExp(`^${place}$`).exec(path)?.[1]
    if (id !== undefined) return id
    throw unexpected('the answer does not say where the new resource is.')
  }
}

/** The number of a new version. */
export function numberInLocation(answer: Answer<unknown>): number {
  return Number(idInLocation('versions', '\\d+')(answer))
}
