import { execFile, spawnSync } from 'node:child_process'
import { array, assert, asyncProperty, constantFrom, record, string, stringMatching } from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { TwinListening } from '../listen/listen-twin.ts'
import { notesKey, setupNotes } from '../test-twin.ts'
import { toCurl } from './curl.ts'
import type { HeaderPair } from './entry.ts'

const running: TwinListening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

async function setup() {
  const notes = setupNotes()
  const listening = await notes.twin.listen()
  running.push(listening)
  return { ...notes, url: listening.url }
}

/** Lets bash run a line as it was pasted, and gives what it printed. */
function paste(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const environment = { ...process.env, NO_PROXY: '127.0.0.1', LC_ALL: 'C.UTF-8' }
    const child = execFile('bash', ['--norc'], { env: environment }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    )
    child.stdin!.end(`${line.replace(/\bcurl /, 'curl --silent --show-error ')}\n`)
  })
}

/** What tells one request from another: whatever curl adds by itself is left out. */
function essence({ twin }: Awaited<ReturnType<typeof setup>>, id: number) {
  const { method, url, request } = twin.requests.find((entry) => entry.id === id)!
  const added =
    /^(?:host|user-agent|accept|connection|content-length|transfer-encoding|accept-.*|sec-fetch-.*|expect)$/i
  const headers = request.headers
    .filter(([name]) => !added.test(name))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
  return { method, url, headers: headers.toSorted(), body: request.body }
}

const isMissing = ['bash', 'curl'].some((program) => spawnSync(program, ['--version']).error !== undefined)

describe.skipIf(isMissing && !process.env['CI'])('a curl line (skipped where there is no bash or curl)', () => {
  it.each<[string, string, RequestInit]>([
    ['a plain call', '/notes', {}],
    ['a query with what shells and curl read', "/notes?a=[1-3]&b={x,y}&c=$HOME&d='&e=`id`&f=a%20b", {}],
    ['a body with quotes', '/notes', { method: 'POST', body: `it's "$HOME" \`id\` \\n !x` }],
    ['a body of lines', '/notes', { method: 'POST', body: "one\r\ntwo's\n\n\\three\\\n" }],
    ['a body that begins like the name of a file', '/notes', { method: 'POST', body: '@/etc/hostname' }],
    [
      'a body with a media type',
      '/notes',
      { method: 'PUT', body: '{}', headers: { 'Content-Type': 'application/json' } },
    ],
    ['a body without a media type', '/notes', { method: 'POST', body: new TextEncoder().encode('bytes') }],
    ['a body that no argument can hold', '/notes', { method: 'POST', body: `%s\\n\\"'${'x'.repeat(400_000)}` }],
    ['a body with a NUL', '/notes', { method: 'POST', body: 'a\u00007\u0000\\0101\n' }],
    ['a body beyond ASCII', '/notes', { method: 'POST', body: '注文 ✓ é' }],
    [
      'a header with quotes, and one without a value',
      '/notes',
      { headers: { 'x-one': `it's "two"; *`, 'x-none': '' } },
    ],
    ['another method', '/notes', { method: 'DELETE' }],
    ['an empty body', '/notes', { method: 'POST' }],
  ])('sends the same request again: %s', async (_, path, init) => {
    const world = await setup()
    await fetch(world.url + path, init)
    await paste(toCurl(world.twin.requests[0]!))
    expect(essence(world, 2)).toEqual(essence(world, 1))
  })

  it('sends any text, header and query again', async () => {
    const world = await setup()
    let id = 0
    const sent = record({
      body: string({ unit: 'binary', maxLength: 30 }).filter(
        (text) => text.isWellFormed() && !text.startsWith('\uFEFF'),
      ),
      query: string({ unit: 'grapheme-ascii', maxLength: 20 }),
      headers: array(stringMatching(/^[!-~](?:[ -~]{0,20}[!-~])?$/), { maxLength: 2 }),
      method: constantFrom('POST', 'PUT', 'PATCH'),
    })
    const repeats = asyncProperty(sent, async ({ body, query, headers, method }) => {
      const url = new URL('/notes', world.url)
      url.search = query
      const pairs = headers.map((value, index): HeaderPair => [`x-${index}`, value])
      await fetch(url, { method, body, headers: pairs.map(([name, value]) => [name, value]) })
      await paste(toCurl(world.twin.requests.at(-1)!))
      id += 2
      expect(essence(world, id)).toEqual(essence(world, id - 1))
    })
    await assert(repeats, { numRuns: 30 })
  })

  it('gets the head alone of what was asked with HEAD', async () => {
    const world = await setup()
    await fetch(`${world.url}/notes`, { method: 'HEAD' })
    expect(await paste(toCurl(world.twin.requests[0]!))).toMatch(/^HTTP\/1\.1 401 /)
    expect(world.twin.requests[1]).toMatchObject({ method: 'HEAD' })
  })

  it('works once the secret is filled in', async () => {
    const world = await setup()
    await fetch(`${world.url}/notes`, { method: 'POST', body: 'note', headers: { 'X-Key': notesKey } })
    const line = toCurl(world.twin.requests[0]!)
    expect(line).toContain("-H 'X-Key: ***'")
    expect(JSON.parse(await paste(line.replace('***', notesKey)))).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    })
  })

  it('stays on its line', async () => {
    const world = await setup()
    await fetch(`${world.url}/notes`, { method: 'POST', body: 'one\ntwo' })
    expect(toCurl(world.twin.requests[0]!)).not.toContain('\n')
  })
})
