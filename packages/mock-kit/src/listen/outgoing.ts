import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

interface OutgoingOptions {
  /** Names as they are to be spelled; others go out as they are given. */
  readonly headerNames: readonly string[]
  /** Whether connections are to end with their answer from now on. */
  readonly isDraining: () => boolean
}

/**
 * A response that spells header names as told: the adaptor hands them over in lower case, and some callers compare.
 *
 * It writes its head from a flat list, which is what Node itself makes of an object: the spelling costs nothing measurable.
 */
export function outgoingClass({ headerNames, isDraining }: OutgoingOptions): typeof ServerResponse {
  const spellings = new Map(headerNames.map((name) => [name.toLowerCase(), name]))
  const spell = (name: string): string => spellings.get(name) ?? spellings.get(name.toLowerCase()) ?? name
  class Outgoing extends ServerResponse {
    override setHeader(name: string, value: number | string | readonly string[]): this {
      return super.setHeader(spell(name), value)
    }
    override writeHead(status: number, reason?: unknown, headers?: unknown): this {
      if (isDraining()) this.shouldKeepAlive = false
      const given = typeof reason === 'string' ? headers : reason
      return super.writeHead(status, spellAll((given ?? {}) as OutgoingHttpHeaders | OutgoingHttpHeader[], spell))
    }
  }
  // The subclass fixes the type parameter that the original leaves open.
  return Outgoing as typeof ServerResponse
}

function spellAll(
  headers: OutgoingHttpHeaders | readonly OutgoingHttpHeader[],
  spell: (name: string) => string,
): OutgoingHttpHeader[] {
  const flat: OutgoingHttpHeader[] = []
  if (isFlat(headers)) {
    for (let index = 0; index < headers.length; index += 2)
      flat.push(spell(String(headers[index])), headers[index + 1]!)
    return flat
  }
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat.push(spell(name), value)
  }
  return flat
}

function isFlat(
  headers: OutgoingHttpHeaders | readonly OutgoingHttpHeader[],
): headers is readonly OutgoingHttpHeader[] {
  return Array.isArray(headers)
}
