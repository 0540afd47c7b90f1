import { type ApiDocument, asList } from './document.ts'

/** The types of the operations that take credentials, by what the client calls them: id, method and path template. */
export function generateRoutes({ root, operations }: ApiDocument): string {
  const keyed = operations.filter(({ node }) => asList(node['security'] ?? root['security']).length > 0)
  const rows = keyed.map(({ id, method, path }) => `  '${id} ${method} ${path}': operations['${id}']`)
  return [
    `import type { operations } from './api.generated.ts'`,
    '',
    'export interface Routes {',
    ...rows,
    '}',
    '',
  ].join('\n')
}
