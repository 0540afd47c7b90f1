import type { operations } from './api.generated.ts'
import type { GenerationName } from './edition.ts'
import type { OperationId } from './operations.generated.ts'

type QueryOf<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>

/** The generation that knows a parameter; undefined for both. */
type Since = GenerationName | undefined

/** The operations that have a query; each has all its parameters here, or this does not compile. */
type Known = {
  readonly [Id in OperationId as [QueryOf<Id>] extends [never] ? never : Id]: Readonly<Record<keyof QueryOf<Id>, Since>>
}

const known: Known = {
  listCertificates: {
    search: undefined,
    offset: undefined,
    limit: undefined,
    target: undefined,
    autoRenew: undefined,
    sortBy: undefined,
    sortOrder: undefined,
    caOnly: 'current',
  },
  downloadCsr: { dcv: undefined },
  listDeploymentTasks: {
    offset: undefined,
    limit: undefined,
    propertyId: undefined,
    certificateId: undefined,
    target: undefined,
    search: undefined,
    taskIds: undefined,
    startdate: undefined,
    enddate: undefined,
    sortBy: undefined,
    sortOrder: undefined,
    status: 'current',
  },
}

/** The names of the parameters in a query that an operation does not know in a generation; nothing comes of them. */
export function unknownParameters(operation: string, query: URLSearchParams, generation: GenerationName): string[] {
  const names: Readonly<Record<string, Since>> = Object.hasOwn(known, operation) ? known[operation as keyof Known] : {}
  const isKnown = (name: string): boolean => Object.hasOwn(names, name) && (names[name] ?? generation) === generation
  return [...new Set(query.keys())].filter((name) => !isKnown(name))
}
