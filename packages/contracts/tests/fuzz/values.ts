import {
  array,
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  jsonValue,
  oneof,
  option,
  record,
  string,
} from 'fast-check'
import { asList, asNode, type Node, resolve } from '../../generate/document.ts'

/** Texts that mean something to somebody, or that programs stumble over. */
export const tellingTexts: readonly string[] = [
  '', ' ', '0', '-1', '1', '1.5', 'true', 'null', '9007199254740993', '1e400', 'NaN', '<csr>', '2023-04-04', '2023-02-30', '9999-12-31T23:59:59Z',
  'example.com', '*.example.com', 'sub.example.com', 'EXAMPLE.com.', '..', '../..', '%00', '%2F', "'; --", '<b>', '{{7*7}}', '\u0000', '\uD800', 'é', 'xn--', '__proto__', 'constructor',
] // prettier-ignore

export const anyText: Arbitrary<string> = oneof(
  constantFrom(...tellingTexts),
  string({ unit: 'binary', maxLength: 40 }),
)

/** What a schema describes, and now and then something else in its place. */
export function valuesOf(root: Node, schema: unknown, depth: number = 4): Arbitrary<unknown> {
  return oneof(
    { weight: 5, arbitrary: fittingValuesOf(root, resolve(root, schema), depth) },
    { weight: 1, arbitrary: oneof(jsonValue({ maxDepth: 2 }), anyText, constant(null)) },
  )
}

function fittingValuesOf(root: Node, schema: Node, depth: number): Arbitrary<unknown> {
  const known = [...asList(schema['x-known-values']), ...asList(schema['enum'])]
  const [type] = [schema['type']].flat()
  switch (type) {
    case 'object':
      return depth === 0 ? constant({}) : objectsOf(root, schema, depth)
    case 'array':
      return array(valuesOf(root, schema['items'], depth - 1), { maxLength: 4 })
    case 'integer':
    case 'number':
      return oneof(integer({ min: -3, max: 5000 }), integer(), double())
    case 'boolean':
      return boolean()
    default:
      return known.length > 0 ? oneof(constantFrom(...known), anyText) : anyText
  }
}

function objectsOf(root: Node, schema: Node, depth: number): Arbitrary<unknown> {
  const members = Object.entries(asNode(schema['properties']))
  const values = Object.fromEntries(members.map(([name, value]) => [name, valuesOf(root, value, depth - 1)]))
  const described = record(values, {
    requiredKeys: asList(schema['required'])
      .map(String)
      .filter((name) => name in values),
  })
  const fewer = record(values, { requiredKeys: [] })
  const others = option(dictionary(anyText, jsonValue({ maxDepth: 1 }), { maxKeys: 2 }), { nil: {} })
  return oneof({ weight: 3, arbitrary: described }, fewer).chain((value) =>
    others.map((more) => ({ ...more, ...value })),
  )
}

/** A JSON value with one of its parts changed into something else. */
export function mutated(value: unknown): Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return oneof(jsonValue({ maxDepth: 1 }), anyText, constant(null))
  const entries = Object.entries(value)
  if (entries.length === 0) return jsonValue({ maxDepth: 1 })
  return constantFrom(...entries).chain(([name, member]) =>
    mutated(member).map((changed) =>
      Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed },
    ),
  )
}
