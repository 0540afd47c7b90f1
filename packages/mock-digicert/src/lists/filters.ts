// How lists are filtered: the names are documented, the readings are one client's or assumed.
import { parseDay } from '../domain/dates.ts'
import { refuse } from '../errors.ts'

/** Whether an entity passes. */
export type Predicate<Entity> = (entity: Entity) => boolean

/** What a list can be filtered by, by the name between the brackets; each reads the text of the filter, or refuses it. */
export type Filters<Entity> = Readonly<Record<string, (text: string, path: string) => Predicate<Entity>>>

/**
 * The entities that pass every `filters[<name>]` of a query. One that is repeated, also as `filters[<name>][0]`, lets pass what
 * any of its values does; one without a value, or that nobody knows, lets everything pass.
 *
 * @throws Refusal `invalid_param:filters[<name>]` for a value that cannot be read
 */
export function filterList<Entity>(
  entities: readonly Entity[],
  query: URLSearchParams,
  filters: Filters<Entity>,
): readonly Entity[] {
  const alternatives = new Map<string, Predicate<Entity>[]>()
  for (const [parameter, text] of query) {
    const [, name = ''] = /^filters\[(\w+)\](?:\[\w*\])?$/.exec(parameter) ?? []
    if (!Object.hasOwn(filters, name) || text.trim() === '') continue
    const predicate = filters[name]!(text.trim(), `filters[${name}]`)
    alternatives.set(name, [...(alternatives.get(name) ?? []), predicate])
  }
  const groups = [...alternatives.values()]
  return entities.filter((entity) => groups.every((group) => group.some((passes) => passes(entity))))
}

/** A filter for an id, or for one of several. */
export function byId<Entity>(
  idsOf: (entity: Entity) => number | undefined | readonly number[],
): Filters<Entity>[string] {
  return (text, path) => {
    if (!/^\d{1,16}$/.test(text)) throw refuse('param-invalid', path)
    return (entity) => [idsOf(entity)].flat().includes(Number(text))
  }
}

/** A filter for a text without case, or for one of several; one that begins with `%` is looked for inside. */
export function byText<Entity>(textsOf: (entity: Entity) => string | readonly string[]): Filters<Entity>[string] {
  return (text) => {
    const wanted = text.toLowerCase()
    const part = wanted.startsWith('%') ? wanted.replaceAll(/^%|%$/g, '') : undefined
    return (entity) =>
      [textsOf(entity)].flat().some((each) => {
        const lower = each.toLowerCase()
        return part === undefined ? lower === wanted : lower.includes(part)
      })
  }
}

/** A filter for a word of a list, which is read without case and underscores. */
export function byWord<Entity>(matches: (entity: Entity, word: string) => boolean): Filters<Entity>[string] {
  return (text) => {
    const word = text.toLowerCase().replaceAll('_', '')
    return (entity) => matches(entity, word)
  }
}

/** A filter for yes or no. */
export function byFlag<Entity>(flagOf: (entity: Entity) => boolean): Filters<Entity>[string] {
  return (text, path) => {
    const word = text.toLowerCase()
    if (!['0', '1', 'false', 'true'].includes(word)) throw refuse('param-invalid', path)
    const wanted = word === '1' || word === 'true'
    return (entity) => flagOf(entity) === wanted
  }
}

const dayMs = 86_400_000

/** A moment or a day, as the first millisecond of it and the first one after it. */
interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * A filter for a date: `A`, `A...B` with both, also after a `=`; `>A`, `<A`, `>=A` or `<=A`. A
 * date without a time is the whole day.
 */
export function byDate<Entity>(timeOf: (entity: Entity) => number | undefined): Filters<Entity>[string] {
  return (text, path) => {
    const { fromMs, toMs } = parseSpan(text) ?? fail(path)
    return (entity) => {
      const timeMs = timeOf(entity)
      return timeMs !== undefined && timeMs >= fromMs && timeMs < toMs
    }
  }
}

function fail(path: string): never {
  throw refuse('param-invalid', path)
}

/** The time that the text of a date filter lets pass; undefined when it cannot be read. */
export function parseSpan(text: string): Span | undefined {
  const [, sign, equal, first = '', last = first] = /^([<>]?)(=?)(.*?)(?:\.\.\.(.*))?$/.exec(text.trim()) ?? []
  const [from, to] = [parseMoment(first), parseMoment(last)]
  if (from === undefined || to === undefined) return undefined
  if (sign === '>') return { fromMs: equal ? from.fromMs : from.toMs, toMs: Number.POSITIVE_INFINITY }
  if (sign === '<') return { fromMs: Number.NEGATIVE_INFINITY, toMs: equal ? from.toMs : from.fromMs }
  return { fromMs: from.fromMs, toMs: to.toMs }
}

function parseMoment(text: string): Span | undefined {
  const date = text.trim()
  const day = parseDay(date)
  if (day === undefined) return undefined
  if (date.length === 10) return { fromMs: day * dayMs, toMs: (day + 1) * dayMs }
  // A blank between date and time, and a plus that has become one, are what forms send.
  const time = /^.{10}[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[ +-]\d{2}:?\d{2})?$/i.exec(date)
  const zone = (time?.[2] ?? 'Z').replace(' ', '+')
  const fromMs = Date.parse(`${date.slice(0, 10)}T${time?.[1] ?? ''}${zone}`)
  return Number.isNaN(fromMs) ? undefined : { fromMs, toMs: fromMs + 1000 }
}
