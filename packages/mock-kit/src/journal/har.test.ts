import { describe, expect, it } from 'vitest'
import { toHar } from './har.ts'
import { createEntry, type EntryParts } from './test-entry.ts'

const harOf = (parts: EntryParts): object =>
  toHar([{ id: 1, ...createEntry(parts) }], { name: 'mock-notes', version: '1.2.3' }).log.entries[0]!

describe('an archive of requests', () => {
  it('has a request with its query and body', () => {
    const request = { headers: [['Content-Type', 'text/plain']] as const, body: 'né' }
    expect(harOf({ method: 'POST', url: 'https://notes.example/notes?a=1&b=x%20y', request })).toMatchObject({
      startedDateTime: '2023-04-04T12:53:25.000Z',
      time: 1.5,
      request: {
        method: 'POST',
        headers: [{ name: 'Content-Type', value: 'text/plain' }],
        queryString: [
          { name: 'a', value: '1' },
          { name: 'b', value: 'x y' },
        ],
        bodySize: 3,
        postData: { mimeType: 'text/plain', text: 'né' },
      },
      timings: { send: 0, wait: 1.5, receive: 0 },
    })
  })

  it('has an answer of text, of bytes, or none at all', () => {
    const headers = [['Location', '/notes/1']] as const
    expect(harOf({ response: { headers, body: 'text' } })).toMatchObject({
      response: { content: { size: 4, text: 'text' }, redirectURL: '/notes/1' },
    })
    expect(harOf({ response: { headers, body: Uint8Array.of(0xff, 0) } })).toMatchObject({
      response: { content: { size: 2, text: '/wA=', encoding: 'base64' } },
    })
    const none = harOf({ status: 0 }) as { response: { content: object } }
    expect(none).toMatchObject({ response: { status: 0, content: { size: 0, mimeType: '' } } })
    expect(none.response.content).not.toHaveProperty('text')
  })

  it('has diagnosis and fault as a comment', () => {
    const fault = { rule: 'f1', kind: 'delay', injected: false } as const
    expect(harOf({ diagnosis: 'noted', fault })).toMatchObject({ comment: 'noted; fault f1: delay' })
    expect(harOf({})).not.toHaveProperty('comment')
  })

  it('takes a URL of which a part is masked', () => {
    expect(harOf({ url: '***notes.example?x=1' })).toMatchObject({
      request: { queryString: [{ name: 'x', value: '1' }] },
    })
  })
})
