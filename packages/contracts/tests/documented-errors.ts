import { asList, asNode, type ErrorEntry, type OperationEntry } from '../generate/document.ts'
import { belongsTo, type Edition } from '../generate/edition.ts'

/** An error as it stands in an answer: code and message, or a bare text. */
export interface SentError {
  readonly code?: unknown
  readonly message?: unknown
  readonly result?: unknown
}

/** The errors in the body of a refusal, whichever of the three forms it has. */
export function errorsIn(body: string): SentError[] {
  const value = asNode(JSON.parse(body))
  return 'errors' in value ? (asList(value['errors']) as SentError[]) : [value]
}

/** The entry of the document that an error of an operation is an instance of, in an edition. */
export function documentedError(
  operation: OperationEntry,
  status: number,
  sent: SentError,
  edition: Edition,
): ErrorEntry | undefined {
  const entries = operation.responses.find((response) => response.status === String(status))?.errors ?? []
  return entries.find(
    (entry) =>
      belongsTo(asNode(entry), edition) &&
      fits(entry.code, sent.code) &&
      fits(entry.message, sent.message) &&
      fits(entry.result, sent.result),
  )
}

/** Words in `<>` or `{}` of the pattern stand for a text; those that repeat what a caller sent may be empty. */
function fits(pattern: string | undefined, text: unknown): boolean {
  if (pattern === undefined || typeof text !== 'string') return pattern === text
  const parts = pattern.split(/(<\w+>|\{\w+\})/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    return ['{value}', '{version}'].includes(part) ? String.raw`[\s\S]*` : String.raw`[\s\S]+`
  })
  return new RegExp(`^${parts.join('')}$`).test(text)
}

/** The name of an entry in reports. */
export function nameError(operation: OperationEntry, status: string, entry: ErrorEntry): string {
  return `${operation.id} ${status} ${entry.code ?? entry.result}${entry.code === undefined ? '' : ` - ${entry.message}`}`
}
