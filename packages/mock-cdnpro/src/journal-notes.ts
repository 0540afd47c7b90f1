import type { Exchange } from '@certtwin/mock-kit'

/** Tells the journal what was tolerated about a request, for instance `unknown-members: caOnly, shareWith`. */
export function note(exchange: Exchange, kind: string, details: readonly string[]): void {
  const text = `${kind}: ${details.join(', ')}`
  exchange.diagnosis = exchange.diagnosis === undefined ? text : `${exchange.diagnosis}; ${text}`
}
