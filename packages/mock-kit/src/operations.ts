import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

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
  const router = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const { id, method, path } of operations) router.add(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), id)
  const methods = [...new Set(operations.map((operation) => operation.method))]
  const find = (method: string, path: string): string | undefined => router.match(method, path)[0][0]?.[0]
  return { find, methodsOf: (path) => methods.filter((method) => find(method, path) !== undefined) }
}
