import {
  type ApiDocument,
  asNode,
  type ErrorEntry,
  type Evidence,
  evidenceClasses,
  type Node,
  type OperationEntry,
} from './document.ts'
import { editionOf } from './edition.ts'
import type { SeedState } from './seed-states.ts'
import { type Statement, statementsOf } from './evidence.ts'

export interface Route {
  readonly method: string
  readonly path: string
}

/** What a twin supports, as a page: the document's operations against the routes it really has, with the evidence. */
export function generateSupported(
  title: string,
  document: ApiDocument,
  routes: readonly Route[],
  seedStates: readonly SeedState[],
): string {
  return [
    `# What ${title} supports`,
    '',
    'Generated from the OpenAPI document and the routes of the twin by `pnpm generate`; not written by hand.',
    '',
    'Evidence: `documented` by the vendor, `observed` in traffic or in several independent clients, `client`: one public',
    'client or fixture, `computed`: a reproducible computation, `assumed`: nobody knows, our decision.',
    '',
    '## Operations',
    '',
    `| operation | route | served | evidence | statements: ${evidenceClasses.join(' / ')} |`,
    '|---|---|---|---|---|',
    ...document.operations.map((operation) => operationRow(document, operation, routes)),
    totalRow(document),
    '',
    ...seedSection(seedStates),
    '## Answers',
    '',
    'Where an answer is given at one front door or in one generation alone, that stands beside its status; `by a fault`: the twin has',
    'nothing that leads to it, and sends it when a fault asks for that.',
    '',
    '| operation | status | code or text | message | evidence |',
    '|---|---|---|---|---|',
    ...document.operations.flatMap(answerRows),
    '',
  ].join('\n')
}

function operationRow(document: ApiDocument, operation: OperationEntry, routes: readonly Route[]): string {
  const path = operation.servedPath
  const served = routes.some((route) => route.method === operation.method && sameTemplate(route.path, path))
  const statements = statementsOf(document, operation)
  const cells = [
    `\`${operation.id}\`${editionOf(operation.node) && ` (${editionOf(operation.node)})`}`,
    `\`${operation.method} ${path}\``,
    served ? 'yes' : '**no**',
    operation.evidence,
  ]
  return `| ${[...cells, countsOf(statements)].join(' | ')} |`
}

function totalRow(document: ApiDocument): string {
  const statements = document.operations.flatMap((operation) => statementsOf(document, operation))
  return `| **${document.operations.length} operations** | | | | ${countsOf(statements)} |`
}

function countsOf(statements: readonly Statement[]): string {
  const counts = evidenceClasses.map((name) => statements.filter(({ evidence }) => evidence === name).length)
  return counts.join(' / ')
}

function seedSection(states: readonly SeedState[]): string[] {
  if (states.length === 0) return []
  return [
    '## States in the seed data',
    '',
    'Each of them is one request away; a reset brings them back. Others, and what has none here, can be planted through the control',
    'plane (`seed`), as far as the twin has the state at all.',
    '',
    '| what | state | ids |',
    '|---|---|---|',
    ...states.map(({ kind, state, ids }) => `| ${kind} | \`${state}\` | ${ids.length > 0 ? ids.join(', ') : 'none'} |`),
    '',
  ]
}

/** `{name}` in the document is `:name` in the router; the names themselves may differ. */
function sameTemplate(route: string, template: string): boolean {
  return route.replaceAll(/:\w+(\{[^}]*\})?/g, '*') === template.replaceAll(/\{\w+\}/g, '*')
}

function answerRows(operation: OperationEntry): string[] {
  return operation.responses.flatMap(({ status, errors, node }) => {
    if (errors.length > 0) return errors.map((error) => answerRow(operation, status, error))
    const evidence = (node['x-evidence'] as Evidence | undefined) ?? operation.evidence
    return [`| \`${operation.id}\` | ${statusCell(status, node)} | | | ${evidence} |`]
  })
}

function answerRow(operation: OperationEntry, status: string, error: ErrorEntry): string {
  const [name, message] = [error.code ?? error.result ?? '', error.message ?? ''].map(cell)
  return `| \`${operation.id}\` | ${statusCell(status, asNode(error))} | ${name} | ${message} | ${error['x-evidence'] ?? operation.evidence} |`
}

function statusCell(status: string, node: Node): string {
  const marks = [editionOf(node), node['x-injected'] === true ? 'by a fault' : ''].filter((mark) => mark !== '')
  return marks.length === 0 ? status : `${status} (${marks.join(', ')})`
}

function cell(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('|', '\\|').replaceAll('\r', '\\r').replaceAll('\n', '\\n')}\``
}
