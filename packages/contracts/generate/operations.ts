import type { ApiDocument } from './document.ts'

/** The table of operations that a twin finds its requests in. */
export function generateOperations({ operations }: ApiDocument): string {
  const rows = operations.map(
    ({ id, method, servedPath }) => `  { id: '${id}', method: '${method}', path: '${servedPath}' },`,
  )
  return [
    'export const operations = [',
    ...rows,
    '] as const',
    '',
    `export type OperationId = (typeof operations)[number]['id']`,
    '',
  ].join('\n')
}
