/** What a generated validator (Ajv, standalone) leaves behind for each failed rule. */
export interface ValidationError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A generated validator. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly ValidationError[] | null
}

/** A member of a request body that is missing, or that is there and cannot be read as its type. */
export interface BodyProblem {
  readonly kind: 'missing' | 'unreadable'
  /** The member's place, as in `certificate.server_platform.id` or `certificate.dns_names.0`. */
  readonly path: string
}

/** Runs a validator and returns every problem it found, each once, in the validator's order. */
export function bodyProblems(validate: Validator, value: unknown): BodyProblem[] {
  if (validate(value)) return []
  const problems = new Map<string, BodyProblem>()
  for (const error of validate.errors ?? []) {
    const problem = toProblem(error)
    if (!problems.has(problem.path)) problems.set(problem.path, problem)
  }
  return [...problems.values()]
}

function toProblem({ keyword, instancePath, params }: ValidationError): BodyProblem {
  const parent = instancePath.split('/').slice(1)
  if (keyword !== 'required') return { kind: 'unreadable', path: parent.join('.') }
  return { kind: 'missing', path: [...parent, String(params['missingProperty'])].join('.') }
}
