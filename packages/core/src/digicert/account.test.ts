import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { answering, digicert, errorOf } from '../test-client.ts'

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const entry of entries) found.push(entry)
  return found
}

/** A service with so many users, that gives at most two at a time. */
function usersOf(count: number): { fetch: Fetch; queries: string[] } {
  const queries: string[] = []
  const users = Array.from({ length: count }, (_, id) => ({ id }))
  const fetch: Fetch = async ({ url }) => {
    const { search, searchParams } = new URL(url)
    queries.push(search)
    const [offset, limit] = [Number(searchParams.get('offset')), Math.min(2, Number(searchParams.get('limit') ?? 2))]
    const part = users.slice(offset, offset + limit)
    return Response.json({ ...(part.length > 0 && { users: part }), page: { total: count, limit, offset } })
  }
  return { fetch, queries }
}

describe('a list in pages', () => {
  it.each([
    [0, ['']],
    [1, ['']],
    [2, ['']],
    [3, ['', '?offset=2']],
    [5, ['', '?offset=2', '?offset=4']],
  ])('of %i entries is read whole, each page once', async (count, pages) => {
    const { fetch, queries } = usersOf(count)
    expect(await all(digicert(fetch).account.users())).toEqual(Array.from({ length: count }, (_, id) => ({ id })))
    expect(queries).toEqual(pages)
  })

  it('is fetched no further than it is read', async () => {
    const { fetch, queries } = usersOf(5)
    for await (const { id } of digicert(fetch).account.users({ pageSize: 1 })) if (id === 1) break
    expect(queries).toEqual(['?limit=1', '?limit=1&offset=1'])
  })

  it('that gets shorter while it is read comes to an end', async () => {
    const fetch: Fetch = async ({ url }) =>
      Response.json({
        ...(url.includes('offset') ? {} : { users: [{ id: 1 }] }),
        page: { total: 3, limit: 1, offset: 0 },
      })
    expect(await all(digicert(fetch).account.users())).toEqual([{ id: 1 }])
  })

  it.each([
    {},
    { users: [] },
    { users: {}, page: { total: 1 } },
    { page: { total: 'x' } },
    { users: [null], page: { total: 1 } },
    [],
  ])('is none when the answer is %j', async (body) => {
    const error = await errorOf(all(digicert(answering(200, body)).account.users()))
    expect(error).toMatchObject({ code: 'unexpected_response', operation: 'listUsers' })
  })

  it('ends at once when the caller gives up, also within a page', async () => {
    const body = { users: [{ id: 1 }, { id: 2 }, { id: 3 }], page: { total: 3 } }
    const controller = new AbortController()
    const read: unknown[] = []
    const reading = (async () => {
      for await (const user of digicert(answering(200, body)).account.users({ signal: controller.signal })) {
        read.push(user.id)
        if (user.id === 2) controller.abort()
      }
    })()
    expect(await errorOf(reading)).toMatchObject({ code: 'aborted' })
    expect(read).toEqual([1, 2])
  })

  it('ends with the error of the page that fails', async () => {
    const error = await errorOf(
      all(digicert(answering(403, { errors: [{ code: 'x', message: 'No.' }] })).account.domains()),
    )
    expect(error).toMatchObject({ code: 'forbidden', operation: 'listDomains' })
  })
})

describe('a list that comes whole', () => {
  it('is empty where its name is left out', async () => {
    expect(await digicert(answering(200, {})).account.metadata()).toEqual([])
  })

  it.each([{ metadata: {} }, { metadata: [1] }, { metadata: [null] }])(
    'is none when the answer is %j',
    async (body) => {
      expect(await errorOf(digicert(answering(200, body)).account.metadata())).toMatchObject({
        code: 'unexpected_response',
        message: 'listMetadata failed: the answer is not what the contract says: no list of metadata.',
      })
    },
  )
})

describe('a file', () => {
  it('comes as the bytes that were sent', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const urls: string[] = []
    const fetch: Fetch = async ({ url }) => {
      urls.push(new URL(url).pathname + new URL(url).search)
      return new Response(bytes)
    }
    const { certificates } = digicert(fetch)
    expect(await certificates.file(1, 'p7b')).toEqual(bytes)
    await certificates.fileForPlatform(1)
    await certificates.fileForPlatform(1, { platformId: -1 })
    await certificates.fileOfOrder(2)
    await certificates.fileOfOrder(2, { format: 'cer', subId: '001' })
    expect(urls.map((url) => url.replace('/services/v2/certificate', ''))).toEqual([
      '/1/download/format/p7b',
      '/1/download/platform',
      '/1/download/platform/-1',
      '/download/order/2',
      '/download/order/2/format/cer?sub_id=001',
    ])
  })

  it('is none when it is empty', async () => {
    expect(await errorOf(digicert(answering(200, '')).certificates.file(1, 'p7b'))).toMatchObject({
      code: 'unexpected_response',
    })
  })
})
