import { type ApiDocument, asNode, type ErrorEntry, type OperationEntry } from './document.ts'
import { marksOf } from './edition.ts'

/** The errors of each operation, for faults that answer with one of them. */
export function generateErrors({ operations }: ApiDocument): string {
  const rows = operations.map((operation) => `  ${operation.id}: [\n${errorRows(operation).join('')}  ],\n`)
  return [
    `import type { DocumentedErrors } from '@certtwin/mock-kit'\n`,
    `\nexport const documentedErrors: DocumentedErrors = {\n`,
    ...rows,
    '}\n',
  ].join('')
}

function errorRows({ responses }: OperationEntry): string[] {
  return responses.flatMap(({ status, errors }) =>
    errors.map((error) => `    ${JSON.stringify(row(status, error))},\n`),
  )
}

function row(status: string, error: ErrorEntry): object {
  const { code, message, result } = error
  const settings = marksOf(asNode(error))
  return { status: Number(status), code, message, result, ...(Object.keys(settings).length > 0 && { settings }) }
}
