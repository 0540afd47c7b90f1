import type { OperationFinder } from '@certtwin/mock-kit'
import type { GenerationName } from './edition.ts'
import { operations as all } from './operations.generated.ts'

/** The generation of those operations that only one has. */
const generations = new Map(
  all.flatMap((operation): [string, GenerationName][] =>
    'generation' in operation ? [[operation.id, operation.generation as GenerationName]] : [],
  ),
)

/** Whether a generation has an operation. */
export function hasOperation(generation: GenerationName, id: string): boolean {
  return (generations.get(id) ?? generation) === generation
}

/** The methods that a path takes in a generation; none where it is unknown. */
export function methodsOf(finder: OperationFinder, path: string, generation: GenerationName): string[] {
  return finder.methodsOf(path).filter((method) => hasOperation(generation, finder.find(method, path)!))
}
