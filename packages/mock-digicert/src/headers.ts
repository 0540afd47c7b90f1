import { createHash } from 'node:crypto'
import type { Clock } from '@certtwin/mock-kit'

/** How the vendor's clients, some of which compare them with case, expect these to be spelled. */
export const headerNames: readonly string[] = ['Content-Type', 'Content-Length', 'Date', 'Location']

/** What every answer carries, refusals included (observed). */
export const commonHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'private,no-cache',
  vary: 'Accept-Encoding',
  'x-xss-protection': '1; mode=block',
  'x-frame-options': 'SAMEORIGIN',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
}

/**
 * What tells whether a thing that was read has changed (observed on every 200 of a GET). The date is that of the answer, which
 * is never too early; requests that refer to either are answered in full (assumed).
 */
export function readHeaders(content: string | Uint8Array, clock: Clock): Record<string, string> {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32)
  return { etag: `"${hash}"`, 'last-modified': new Date(clock.now()).toUTCString() }
}
