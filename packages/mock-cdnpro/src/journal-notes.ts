import type { Exchange } from '@certtwin/mock-kit'

/** A caller chooses these names, so the journal keeps some of them and the start of each. */
const maxDetails = 10
const maxLength = 100

/** Tells the journal what was tolerated about a request, for instance `unknown-members: caOnly, shareWith`. */
export function note(exchange: Exchange, kind: string, details: readonly string[]): void {
  const names = details.slice(0, maxDetails).map((name) => name.slice(0, maxLength))
  const text = `${kind}: ${[...names, ...(details.length > maxDetails ? ['…'] : [])].join(', ')}`
  exchange.diagnosis = exchange.diagnosis === undefined ? text : `${exchange.diagnosis}; ${text}`
}
