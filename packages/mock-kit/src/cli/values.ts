// The values of flags: text → value. All throw a RangeError with a sentence that says what to write.
import { createClock, type TwinClock } from '../clock.ts'

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new RangeError('Give a port from 0 to 65535; 0 takes a free one.')
}

export function parseText(text: string): string {
  if (text !== '') return text
  throw new RangeError('Give a text that is not empty.')
}

/** Nothing else gets through a header as it is. */
export function parseToken(text: string): string {
  if (/^[!-~]+$/.test(text)) return text
  throw new RangeError('Give letters, digits and signs of ASCII, without spaces.')
}

/** A time, and after a comma `frozen` where it shall stand still. */
export function parseClock(text: string): TwinClock {
  const [, start = '', frozen] = /^(.*?)(,frozen)?$/s.exec(text) ?? []
  return createClock({ start, frozen: frozen !== undefined })
}

/** The base URL of a twin, without a slash at its end. */
export function parseUrl(text: string): string {
  const url = URL.parse(text)
  if (url !== null && ['http:', 'https:'].includes(url.protocol))
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  throw new RangeError('Give a URL such as http://127.0.0.1:4010.')
}
