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

/** What is wrong with a value, for a person: `orders.0.id is missing; kind must be one of error, delay`; undefined when nothing is. */
export function explainProblems(validate: Validator, value: unknown): string | undefined {
  if (validate(value)) return undefined
  const problems = new Set((validate.errors ?? []).map(explain))
  return [...problems].slice(0, problemLimit).join('; ')
}

/** More of them would not be read. */
const problemLimit = 5

function explain({ keyword, instancePath, params }: ValidationError): string {
  const place = instancePath.split('/').slice(1).join('.')
  const subject = place === '' ? 'it' : place
  const below = (name: unknown): string => (place === '' ? String(name) : `${place}.${String(name)}`)
  const rules: Readonly<Record<string, () => string>> = {
    required: () => `${below(params['missingProperty'])} is missing`,
    dependentRequired: () =>
      `${below(params['missingProperty'])} is missing, which ${String(params['property'])} needs`,
    unevaluatedProperties: () => `${below(params['unevaluatedProperty'])} is unknown`,
    additionalProperties: () => `${below(params['additionalProperty'])} is unknown`,
    enum: () => `${subject} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
    const: () => `${subject} must be ${JSON.stringify(params['allowedValue'])}`,
    type: () => `${subject} must be of the type ${[params['type']].flat().join(' or ')}`,
    minimum: () => `${subject} must be at least ${String(params['limit'])}`,
    maximum: () => `${subject} must be at most ${String(params['limit'])}`,
    minProperties: () => `${subject} has no members`,
    minItems: () => `${subject} has too few entries`,
    minLength: () => `${subject} is empty`,
    pattern: () => `${subject} does not match ${String(params['pattern'])}`,
    format: () => `${subject} is no ${String(params['format'])}`,
  }
  return rules[keyword]?.() ?? `${subject} is of none of the allowed forms`
}
