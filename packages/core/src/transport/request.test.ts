import {
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  nat,
  oneof,
  option,
  record,
  string,
  stringMatching,
  tuple,
  uniqueArray,
} from 'fast-check'
import createClient from 'openapi-fetch'
import { describe, expect, it } from 'vitest'
import { type Message, toDraft, toRequest } from './request.ts'

const baseUrl = 'https://twin.example/services/v2'
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The same request as openapi-fetch makes it, which this module stands in for. */
async function requestOfLibrary(method: string, template: string, message: Message): Promise<Request> {
  const { path, query, body } = message
  let sent: Request | undefined
  const client = createClient<object>({ baseUrl })
  const fetch = async (request: Request): Promise<Response> => {
    sent = request
    return new Response(null, { status: 204 })
  }
  await client.request(method as never, template as never, { params: { path, query }, body, fetch } as never)
  return sent!
}

async function partsOf(request: Request): Promise<unknown> {
  const { method, url, headers } = request
  const type = headers.get('Content-Type')
  return { method, url, type: type === 'text/plain;charset=UTF-8' ? undefined : type, body: await request.text() }
}

const text = string({ unit: 'binary', minLength: 1 })
const scalar = oneof(text, integer(), boolean())
const filters = dictionary(stringMatching(/^[a-z_]{1,8}$/), scalar, { minKeys: 1, maxKeys: 3 })
const queries = record(
  { limit: nat(), sort: text, search: option(text, { nil: undefined }), filters },
  { requiredKeys: [] },
)

const id = oneof(text, nat()).filter((value) => !/^(?:\.{0,2}|undefined|null|NaN)$/.test(String(value)))

/** Any operation, with whatever goes into it. */
const requests = record({
  method: constantFrom(...methods),
  names: uniqueArray(stringMatching(/^[a-z_]{1,8}$/), { maxLength: 3 }),
  ids: tuple(id, id, id),
  query: queries,
  body: option(jsonValue(), { nil: undefined }),
})

describe('a request', () => {
  it('is the one that openapi-fetch makes of the same operation', async () => {
    await assert(
      asyncProperty(requests, async ({ method, names, ids, query, body }) => {
        const template = ['/order', ...names.map((name) => `{${name}}/part`)].join('/')
        const path = Object.fromEntries(names.map((name, index) => [name, ids[index]]))
        const message = { path, query, ...(method !== 'GET' && { body }) }
        const ours = toRequest(toDraft(method, baseUrl + template, message))
        expect(await partsOf(ours)).toEqual(await partsOf(await requestOfLibrary(method, template, message)))
      }),
      { numRuns: 500 },
    )
  })

  it('leaves out what is undefined', () => {
    const message = { query: { limit: undefined, filters: { status: undefined } }, body: { note: undefined } }
    expect(toDraft('PUT', `${baseUrl}/order`, message)).toEqual({ method: 'PUT', url: `${baseUrl}/order`, body: '{}' })
  })
})
