import { type ApiDocument, asList } from './document.ts'

/** Where the client sends its operations: those that take credentials. */
export function generateRoutes({ root, operations }: ApiDocument): string {
  const keyed = operations.filter(({ node }) => asList(node['security'] ?? root['security']).length > 0)
  const rows = keyed.map(({ id, method, path }) => `  ${id}: '${method} ${path}',`)
  return ['export const routes = {', ...rows, '} as const', ''].join('\n')
}
