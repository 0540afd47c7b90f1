import { type ApiDocument, asNode, type Node, resolve } from './document.ts'

/** An action of a twin: a schema of its control document that `x-action` gives a name to. */
export interface ActionEntry {
  readonly name: string
  /** The name of the schema. */
  readonly schema: string
  readonly summary: string
  /** The schema without what became name and summary, and without references. */
  readonly input: Node
}

export function actionsOf({ root }: ApiDocument): ActionEntry[] {
  return Object.entries(asNode(asNode(root['components'])['schemas'])).flatMap(([schema, value]) => {
    const { 'x-action': name, description, ...input } = asNode(value)
    if (typeof name !== 'string') return []
    return [{ name, schema, summary: String(description), input: asNode(withoutReferences(root, input)) }]
  })
}

/** What each action is and takes, as a module; what it does is the twin's own code. */
export function generateActions(document: ApiDocument): string {
  const actions = actionsOf(document)
  const validators = actions.map(({ schema }) => `validate${schema}`).join(', ')
  return [
    `import type { Action } from '@certtwin/mock-kit'`,
    `import type { components } from './control.generated.ts'`,
    `import { ${validators} } from './control-validators.generated.js'`,
    '',
    'export interface ActionInputs {',
    ...actions.map(({ name, schema }) => `  readonly '${name}': components['schemas']['${schema}']`),
    '}',
    '',
    `export const actionForms: Readonly<Record<keyof ActionInputs, Omit<Action<unknown>, 'run'>>> = {`,
    ...actions.flatMap(({ name, schema, summary, input }) => [
      `  '${name}': {`,
      `    summary: ${JSON.stringify(summary)},`,
      `    input: ${JSON.stringify(input)},`,
      `    validate: validate${schema},`,
      '  },',
    ]),
    '}',
    '',
  ].join('\n')
}

function withoutReferences(root: Node, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutReferences(root, entry))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(resolve(root, value))
  return Object.fromEntries(members.map(([name, member]) => [name, withoutReferences(root, member)]))
}
