import openapiTS, { astToString } from 'openapi-typescript'

/** The types of a document: `paths`, `operations`, `components`, and an alias for each schema. */
export async function generateTypes(file: URL): Promise<string> {
  const nodes = await openapiTS(file, { rootTypes: true, rootTypesNoSchemaPrefix: true })
  return astToString(nodes)
}
