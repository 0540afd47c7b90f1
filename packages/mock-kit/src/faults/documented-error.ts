/** An error of an operation, as its document lists it; `<word>` and `{word}` in the texts stand for values. */
export interface DocumentedError {
  readonly status: number
  readonly code?: string
  readonly message?: string
  /** The text of an error that has no code. */
  readonly result?: string
  /** What settings must be for the service to answer so; absent where it always may. */
  readonly settings?: Readonly<Record<string, string>>
}

/** The errors of each operation, in the order of the document. */
export type DocumentedErrors = Readonly<Record<string, readonly DocumentedError[]>>

/** Those of the errors that the service has under these settings. */
export function errorsUnder(errors: readonly DocumentedError[], given: object): DocumentedError[] {
  const values: Readonly<Record<string, unknown>> = { ...given }
  return errors.filter(({ settings = {} }) => Object.entries(settings).every(([name, value]) => values[name] === value))
}

const placeholder = /<(\w+)>|\{(\w+)\}/g

/**
 * The first error of the list with this status and this code, its placeholders filled: from the code where one is given
 * as it will be sent (`required_param:csr`), otherwise with their own names.
 */
export function findDocumentedError(
  errors: readonly DocumentedError[],
  { status, code }: { readonly status?: number | undefined; readonly code?: string | undefined },
): DocumentedError | undefined {
  for (const error of errors) {
    if (status !== undefined && error.status !== status) continue
    const values = code === undefined ? {} : valuesIn(error.code, code)
    if (values !== undefined) return filled(error, values)
  }
  return undefined
}

/** The values of a pattern's placeholders in a text that fits it. */
function valuesIn(pattern: string | undefined, text: string): Readonly<Record<string, string>> | undefined {
  if (pattern === undefined) return undefined
  if (pattern === text) return {}
  const names = [...pattern.matchAll(placeholder)].map(([, one, other]) => one ?? other!)
  const parts = pattern.split(/<\w+>|\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const match = new RegExp(`^${parts.join('(.+)')}$`, 's').exec(text)
  return match === null ? undefined : Object.fromEntries(names.map((name, index) => [name, match[index + 1]!]))
}

function filled(error: DocumentedError, values: Readonly<Record<string, string>>): DocumentedError {
  const fill = (text: string): string =>
    text.replaceAll(placeholder, (_, one?: string, other?: string) => values[one ?? other!] ?? one ?? other!)
  const texts = Object.entries({ code: error.code, message: error.message, result: error.result })
  return {
    status: error.status,
    ...Object.fromEntries(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, fill(text)]]))),
  }
}
