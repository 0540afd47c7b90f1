import type { ApiDocument, ErrorEntry, OperationEntry } from './document.ts'

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

function row(status: string, { code, message, result }: ErrorEntry): object {
  return { status: Number(status), code, message, result }
}
