import { type DerElement, oidOf, readMembers } from './der-reader.ts'
import { tags } from './der.ts'

/** An algorithm by its OID, with its parameters as they came. */
export interface AlgorithmIdentifier {
  readonly oid: string
  readonly parameters: DerElement | undefined
}

export function readAlgorithm(identifier: DerElement): AlgorithmIdentifier {
  return readMembers(identifier, tags.sequence, ({ take, takeIf }) => ({ oid: oidOf(take()), parameters: takeIf() }))
}
