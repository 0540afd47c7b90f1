import { isRecord } from '../body.ts'
import { validateGivenFault } from '../control/validators.generated.js'
import { parseDuration } from '../duration.ts'
import type { Random } from '../random.ts'
import { explainProblems } from '../validation.ts'
import { type DocumentedError, type DocumentedErrors, findDocumentedError } from './documented-error.ts'
import { type CodedFaultRule, FaultError, type FaultedRequest, type FaultRule, type FaultStatus } from './fault.ts'

/** The rules of one world, asked for every request in the order in which they were added. */
export interface Faults {
  readonly list: () => FaultStatus[]
  /**
   * Adds rules, all or none, and returns them with their ids.
   *
   * @throws FaultError for an unknown kind, operation or error, or an id that is taken
   */
  readonly add: (...rules: readonly CodedFaultRule[]) => FaultStatus[]
  /** @throws FaultError when there is no such rule */
  readonly remove: (id: string) => void
  readonly clear: () => void
  /** Counts a request, and tells the rule that acts on it. */
  readonly choose: (request: () => FaultedRequest, operation: string | undefined) => FaultStatus | undefined
}

/** What rules are checked against. */
export interface FaultScope {
  readonly operations: readonly string[]
  readonly errors: DocumentedErrors
}

interface RuleInForce {
  readonly id: string
  readonly rule: CodedFaultRule
  readonly operations: readonly string[] | undefined
  calls: number
  hits: number
}

/** @param random - decides where a rule has a probability; a sequence of its own, so that faults shift nothing else */
export function createFaults(scope: FaultScope, random: () => Random): Faults {
  const rules = new Map<string, RuleInForce>()
  let count = 0
  const freeId = (given: readonly string[]): string => {
    do count += 1
    while (rules.has(`f${count}`) || given.includes(`f${count}`))
    return `f${count}`
  }
  return {
    list: () => [...rules.values()].map(toStatus),
    add(...added) {
      for (const rule of added) check(rule, scope)
      const given = added.flatMap(({ id }) => (id === undefined ? [] : [id]))
      const taken = given.find((id, index) => rules.has(id) || given.indexOf(id) !== index)
      if (taken !== undefined) throw new FaultError(`There is a fault with the id ${taken}: remove it first.`)
      const inForce = added.map((rule) => begin(rule, rule.id ?? freeId(given), scope))
      for (const each of inForce) rules.set(each.id, each)
      return inForce.map(toStatus)
    },
    remove(id) {
      if (!rules.delete(id)) throw new FaultError(`There is no fault with the id ${id}.`)
    },
    clear() {
      rules.clear()
      count = 0
    },
    choose(request, operation) {
      if (rules.size === 0) return undefined
      let acting: RuleInForce | undefined
      for (const each of rules.values()) if (isDue(each, operation, request, random)) acting ??= each
      if (acting !== undefined) acting.hits += 1
      return acting && toStatus(acting)
    },
  }
}

function begin(rule: CodedFaultRule, id: string, scope: FaultScope): RuleInForce {
  return { id, rule, operations: operationsOf(rule, scope), calls: 0, hits: 0 }
}

/** An error is for the operations that have it; anything else can happen to any request. */
function operationsOf(rule: FaultRule, { operations, errors }: FaultScope): readonly string[] | undefined {
  if (rule.operation !== undefined) return [rule.operation].flat()
  return rule.kind === 'error' ? operations.filter((operation) => hasError(rule, errors[operation])) : undefined
}

function hasError({ status, code }: FaultRule, errors: readonly DocumentedError[] = []): boolean {
  return findDocumentedError(errors, { status, code }) !== undefined
}

/** Every rule counts every call of its operations, whichever rule acts. */
function isDue(
  each: RuleInForce,
  operation: string | undefined,
  request: () => FaultedRequest,
  random: () => Random,
): boolean {
  if (each.operations !== undefined && !each.operations.includes(operation ?? '')) return false
  const { after = 0, first = Infinity, every = 1, probability = 1, when } = each.rule
  if (when !== undefined && !when(request())) return false
  each.calls += 1
  const call = each.calls - after
  if (call < 1 || call > first * every || call % every !== 0) return false
  return probability === 1 || random().fraction() < probability
}

function toStatus({ id, rule, calls, hits }: RuleInForce): FaultStatus {
  const { when: _code, ...data } = rule
  return { ...data, id, calls, hits }
}

function check(given: CodedFaultRule, { operations, errors }: FaultScope): void {
  if (!isRecord(given)) throw new FaultError('A fault is an object such as {"kind":"delay","delay":"2s"}.')
  const { when, ...rule } = given
  if (when !== undefined && typeof when !== 'function') throw new FaultError('when is for code: it must be a function.')
  const problem = explainProblems(validateGivenFault, rule)
  if (problem !== undefined) throw new FaultError(`A fault cannot be read: ${problem}.`)
  const unknown = [rule.operation ?? []].flat().find((operation) => !operations.includes(operation))
  if (unknown !== undefined)
    throw new FaultError(`There is no operation ${unknown}: choose from ${operations.join(', ')}.`)
  if (rule.delay !== undefined) checkDelay(rule.delay)
  if (rule.kind === 'error') checkError(rule, { operations, errors })
}

function checkDelay(delay: string | number): void {
  try {
    parseDuration(delay)
  } catch (error) {
    throw new FaultError(`The delay of a fault cannot be read: ${(error as Error).message}`)
  }
}

/** A rule for every request may name an error that only some operations have; of named operations each must have it. */
function checkError(rule: FaultRule, scope: FaultScope): void {
  const { status, code } = rule
  if (status === undefined && code === undefined)
    throw new FaultError('A fault of the kind error needs a status or a code of the document.')
  const meant = operationsOf(rule, scope) ?? []
  const without = meant.filter((operation) => !hasError(rule, scope.errors[operation]))
  if (meant.length > 0 && without.length === 0) return
  const wish = [status, code].filter((part) => part !== undefined).join(' ')
  const place = meant.length === 0 ? 'any operation' : without.join(', ')
  throw new FaultError(`The document has no error ${wish} for ${place}: SUPPORTED.md lists those that it has.`)
}
