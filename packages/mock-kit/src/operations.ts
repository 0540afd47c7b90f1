import { TrieRouter } from 'hono/router/trie-router'
import { memoize } from './memo.ts'

/** An operation of an OpenAPI document; `path` is the template with the prefix that the twin serves it under. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
}

/** Finds operations by method and path, before any route runs: rate limits and the journal need the name early. */
export interface OperationFinder {
  /** The operation's id, or undefined for an unknown path or a known path with another method. */
  find(method: string, path: string): string | undefined
  /** The methods that a path takes; none when the path is unknown. */
  methodsOf(path: string): string[]
}

export function createOperationFinder(operations: readonly Operation[]): OperationFinder {
  const router = new TrieRouter<string>()
  for (const { id, method, path } of operations) router.add(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), id)
  const methods = [...new Set(operations.map((operation) => operation.method))]
  // The same few calls come again and again; the application's own router looks once more, and only later.
  const known = memoize((call: string): { readonly id: string | undefined } => {
    const space = call.indexOf(' ')
    return { id: router.match(call.slice(0, space), call.slice(space + 1))[0][0]?.[0] }
  })
  const find = (method: string, path: string): string | undefined => known(`${method} ${path}`).id
  return { find, methodsOf: (path) => methods.filter((method) => find(method, path) !== undefined) }
}
