import { asList, asNode, type ApiDocument, type Evidence, type Node, type OperationEntry, resolve } from './document.ts'

/** One statement of a document with the class of its evidence, its own or the one it inherits. */
export interface Statement {
  readonly place: string
  readonly evidence: Evidence
  readonly source: string | undefined
}

/** Everything that an operation says: parameters, members of bodies, responses, headers and errors. */
export function statementsOf({ root }: ApiDocument, operation: OperationEntry): Statement[] {
  const collector = createCollector(root)
  const { node, evidence } = operation
  for (const parameter of operation.parameters) {
    collector.add(`parameter ${String(parameter['name'])}`, parameter, evidence)
  }
  collector.body('request', resolve(root, node['requestBody']), evidence)
  for (const response of operation.responses) {
    const own = collector.add(`response ${response.status}`, response.node, evidence)
    for (const [name, header] of Object.entries(asNode(response.node['headers']))) {
      collector.add(`response ${response.status} header ${name}`, resolve(root, header), own)
    }
    collector.body(`response ${response.status}`, response.node, own)
    for (const error of response.errors) {
      collector.add(`error ${response.status} ${error.code ?? error.result}`, asNode(error), own)
    }
  }
  return collector.statements
}

/** All statements of a document as a module, for whoever asks a running twin what it is based on. */
export function generateEvidence(document: ApiDocument): string {
  const operations = document.operations.map((operation) => ({
    id: operation.id,
    method: operation.method,
    path: operation.servedPath,
    evidence: operation.evidence,
    statements: statementsOf(document, operation),
  }))
  // An operation a line: nobody reads it, and with a line for each statement it would be the longest file of all.
  const lines = operations.map((operation) => `  ${JSON.stringify(operation)},\n`)
  return `export const operations: readonly object[] = [\n${lines.join('')}]\n`
}

interface Collector {
  readonly statements: Statement[]
  add(place: string, node: Node, inherited: Evidence): Evidence
  body(place: string, node: Node, inherited: Evidence): void
}

function createCollector(root: Node): Collector {
  const statements: Statement[] = []
  const add = (place: string, node: Node, inherited: Evidence): Evidence => {
    const evidence = (node['x-evidence'] as Evidence | undefined) ?? inherited
    statements.push({ place, evidence, source: node['x-source'] as string | undefined })
    return evidence
  }
  const members = (place: string, value: unknown, inherited: Evidence): void => {
    const schema = resolve(root, value)
    const evidence = (schema['x-evidence'] as Evidence | undefined) ?? inherited
    for (const [name, member] of Object.entries(asNode(schema['properties']))) {
      // A reference may carry marks of its own beside it, which go before those of its target.
      const marks = { ...resolve(root, member), ...asNode(member) }
      members(`${place}.${name}`, member, add(`${place}.${name}`, marks, evidence))
    }
    if (schema['items'] !== undefined) members(`${place}[]`, schema['items'], evidence)
    for (const part of [...asList(schema['allOf']), ...asList(schema['oneOf']), ...asList(schema['anyOf'])]) {
      members(place, part, evidence)
    }
  }
  const body = (place: string, node: Node, inherited: Evidence): void => {
    for (const content of Object.values(asNode(node['content']))) members(place, asNode(content)['schema'], inherited)
  }
  return { statements, add, body }
}
