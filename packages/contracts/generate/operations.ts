import type { ApiDocument } from './document.ts'

/** The table of operations that a twin finds its requests in. */
export function generateOperations({ operations }: ApiDocument): string {
  const rows = operations.map(({ id, method, servedPath, node }) => {
    const { 'x-generation': generation } = node
    const only = typeof generation === 'string' ? `, generation: '${generation}'` : ''
    return `  { id: '${id}', method: '${method}', path: '${servedPath}'${only} },`
  })
  return [
    'export const operations = [',
    ...rows,
    '] as const',
    '',
    `export type OperationId = (typeof operations)[number]['id']`,
    '',
  ].join('\n')
}
