import { array, assert, asyncProperty, integer, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from './event-stream.ts'

async function read(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<string[][]> {
  const seen: string[][] = []
  for await (const data of readEvents(ReadableStream.from(pieces))) seen.push(data)
  return seen
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

describe('server-sent events', () => {
  it('give their data, those together that have come together', async () => {
    const pieces = [': open\n\n', 'id: 1\ndata: one\n\nid: 2\ndata: two\n\n', 'id: 3\ndata: three\n\n'].map(bytes)
    expect(await read(pieces)).toEqual([['one', 'two'], ['three']])
  })

  it('end without what is incomplete', async () => {
    expect(await read([bytes('id: 1\ndata: one\n\nid: 2\ndata: t')])).toEqual([['one']])
  })

  it('may be cut anywhere, also inside a character', async () => {
    const texts = array(
      string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      { maxLength: 5 },
    )
    const holds = asyncProperty(texts, integer({ min: 1, max: 9 }), async (given, size) => {
      const data = given.map((text) => JSON.stringify(text))
      const all = bytes(data.map((json, index) => `id: ${index}\ndata: ${json}\n\n`).join(''))
      const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
        all.slice(index * size, (index + 1) * size),
      )
      expect((await read(pieces)).flat()).toEqual(data)
    })
    await assert(holds)
  })
})
