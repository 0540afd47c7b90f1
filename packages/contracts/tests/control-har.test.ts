import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import ajvFormats from 'ajv-formats'
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import { afterEach, describe, expect, it } from 'vitest'
import { type ServedTwin, twinsToServe } from './control-twins.ts'

// What the twins give as HAR is HAR 1.2, by its published schema.

/** The package is as old as the format, which has not changed since, and has no types. */
const parts = createRequire(import.meta.url)('har-schema') as Readonly<Record<string, object>>

function createHarValidator(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajvFormats.default(ajv)
  ajv.addMetaSchema(draft6)
  for (const part of Object.values(parts)) ajv.addSchema(part)
  return ajv.getSchema('har.json#')!
}

const running: ServedTwin[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ listening }) => listening.close()))
})

describe.each(twinsToServe)('an archive of the $name twin', ({ serve }) => {
  it('is valid, whatever was asked and answered', async () => {
    const served = await serve()
    running.push(served)
    const { listening, twin, read, miss, write, readOperation } = served
    await read()
    await miss()
    await write('text')
    await fetch(`${listening.url}/nothing?a=1&b=%20&c`, { method: 'DELETE', body: 'text' })
    await fetch(`${listening.url}/nothing`, { method: 'HEAD' })
    for (const kind of ['reset', 'truncated-body', 'wrong-content-type'] as const) {
      twin.faults.clear()
      twin.faults.add({ kind, operation: readOperation })
      await read()
    }
    const archive = (await (await fetch(`${listening.url}/__mock/requests?as=har`)).json()) as {
      log: { entries: object[] }
    }
    const validate = createHarValidator()
    expect([validate(archive), validate.errors]).toEqual([true, null])
    expect(archive.log.entries).toHaveLength(8)
    expect(archive.log.entries[5]).toMatchObject({ response: { status: 0 }, comment: 'fault f1: reset' })
    Object.assign(archive.log.entries[0]!, { time: 'long' })
    expect(validate(archive)).toBe(false)
  })
})
