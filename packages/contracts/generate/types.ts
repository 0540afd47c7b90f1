import openapiTS, { astToString } from 'openapi-typescript'
import { asNode, readDocument } from './document.ts'

/** The types of a document: `paths`, `operations`, `components`, and an alias for each schema, which says what the schema is. */
export async function generateTypes(file: URL): Promise<string> {
  const nodes = await openapiTS(file, { rootTypes: true, rootTypesNoSchemaPrefix: true })
  const { root } = await readDocument(file)
  const schemas = asNode(asNode(root['components'])['schemas'])
  // openapi-typescript describes the schemas in `components`, where an editor that shows the alias does not look.
  return astToString(nodes).replaceAll(
    /^export type \w+ = components\['schemas'\]\['(\w+)'\];$/gm,
    (alias, name: string) => {
      const { description } = asNode(schemas[name])
      return typeof description === 'string' ? `/** ${toLine(description)} */\n${alias}` : alias
    },
  )
}

function toLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')
}
