import {
  assert,
  asyncProperty,
  boolean,
  constant,
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
} from 'fast-check'
import createClient from 'openapi-fetch'
import type { HttpMethod } from 'openapi-typescript-helpers'
import { describe, expect, it } from 'vitest'
import { routes as cdnproRoutes } from '../cdnpro/routes.generated.ts'
import { routes as digicertRoutes } from '../digicert/routes.generated.ts'
import { type Message, toDraft, toRequest } from './request.ts'

const baseUrl = 'https://twin.example/services/v2'

/** The same request as openapi-fetch makes it, which this module stands in for. */
async function requestOfLibrary(route: string, { path, query, body }: Message): Promise<Request> {
  const [method, template] = route.split(' ') as [HttpMethod, string]
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
const query = record(
  { limit: nat(), sort: text, search: option(text, { nil: undefined }), filters },
  { requiredKeys: [] },
)

/** An operation of either document with whatever goes into it. */
const requests = constantFrom(...Object.values({ ...digicertRoutes, ...cdnproRoutes })).chain((route) => {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const id = oneof(text, nat()).filter((value) => !/^(?:\.{0,2}|undefined|null|NaN)$/.test(String(value)))
  return record({
    route: constant(route),
    path: record(Object.fromEntries(names.map((name) => [name, id]))),
    query,
    body: route.startsWith('GET') ? constant(undefined) : option(jsonValue(), { nil: undefined }),
  })
})

describe('a request', () => {
  it('is the one that openapi-fetch makes of the same operation', async () => {
    await assert(
      asyncProperty(requests, async ({ route, ...message }) => {
        const ours = toRequest(toDraft(baseUrl, route, message))
        expect(await partsOf(ours)).toEqual(await partsOf(await requestOfLibrary(route, message)))
      }),
      { numRuns: 500 },
    )
  })

  it('leaves out what is undefined', () => {
    const message = { query: { limit: undefined, filters: { status: undefined } }, body: { note: undefined } }
    expect(toDraft(baseUrl, 'PUT /order', message)).toEqual({ method: 'PUT', url: `${baseUrl}/order`, body: '{}' })
  })
})
