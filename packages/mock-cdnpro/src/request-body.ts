import { bodyProblems, isRecord, parseJsonObject, type Validator } from '@certtwin/mock-kit'
import type { Context } from 'hono'
import { invalidField, notJson, unreadableBody } from './errors.ts'
import { note } from './journal-notes.ts'
import type { CdnProEnv } from './world.ts'

/** The members that an object may have; each with the members below it, those of its items if it is an array. */
export interface MemberTree {
  readonly [member: string]: MemberTree
}

/** What a body must look like. `Body` is what passes: required members may be missing, their absence has errors of its own. */
export interface BodyShape<Body> {
  readonly validate: Validator
  /** Those that the edition has. */
  readonly members: MemberTree
  /** For the compiler alone, which would take one shape for another. */
  readonly body?: Body
  /** Members that have no effect in this edition, and that it takes all the same. */
  readonly ofOtherEditions?: readonly string[]
}

/**
 * The body of a request: an object of JSON without null members, known members of the right type.
 *
 * Unknown members stay without effect and are named in the journal; a strict twin refuses them, but for those that the service
 * knows at its other door or in its other generation.
 */
export function readRequestBody<Body extends object>(
  context: Context<CdnProEnv>,
  { validate, members, ofOtherEditions = [] }: BodyShape<Body>,
): Partial<Body> {
  const body = readOpenBody(context)
  const given = withoutNulls(body, members)
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(members, name)))
  const mistyped = bodyProblems(validate, known).find(({ kind }) => kind === 'unreadable')
  if (mistyped !== undefined) throw invalidField(memberName(mistyped.path))
  const unknown = unknownMembers(given, members)
  const { exchange, world } = context.env
  const refused = world.settings.strict ? unknown.find((path) => !ofOtherEditions.includes(path)) : undefined
  if (refused !== undefined) throw invalidField(refused.split('.').at(-1)!, 'unknown-member')
  if (unknown.length > 0) note(exchange, 'unknown-members', unknown)
  return known as Partial<Body>
}

/** Types that common tools set by default; they pass when the body is JSON all the same. */
const tolerated = ['application/x-www-form-urlencoded', 'text/plain']

/** The body of a request that may be any object of JSON. */
export function readOpenBody(context: Context<CdnProEnv>): Record<string, unknown> {
  const type = (context.req.header('content-type') ?? 'application/json').split(';')[0]!.trim().toLowerCase()
  const { exchange } = context.env
  const body = parseJsonObject(exchange.body.text)
  if (tolerated.includes(type) && body !== undefined) note(exchange, 'content-type-tolerated', [type])
  else if (type !== 'application/json') throw notJson()
  if (body === undefined) throw unreadableBody()
  return body
}

/** `null` counts as absent wherever a known member stands; what is unknown is nobody's business and may be of any depth. */
function withoutNulls(value: Record<string, unknown>, members: MemberTree): Record<string, unknown> {
  const clean = (item: unknown, below: MemberTree): unknown => (isRecord(item) ? withoutNulls(item, below) : item)
  const entries = Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([name, member]) => {
      const below = Object.hasOwn(members, name) ? members[name]! : {}
      if (Object.keys(below).length === 0) return [name, member]
      return [name, Array.isArray(member) ? member.map((item) => clean(item, below)) : clean(member, below)]
    })
  return Object.fromEntries(entries)
}

function unknownMembers(value: Record<string, unknown>, members: MemberTree, path = ''): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (!Object.hasOwn(members, name)) return [`${path}${name}`]
    const below = members[name]!
    if (Object.keys(below).length === 0) return []
    const items = Array.isArray(member) ? member : [member]
    return items.filter(isRecord).flatMap((item) => unknownMembers(item, below, `${path}${name}.`))
  })
}

/** The vendor names a member by its own name alone; an item of an array counts as the array. */
function memberName(path: string): string {
  return path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path
}
