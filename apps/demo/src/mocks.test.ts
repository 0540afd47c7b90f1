import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'

// The command that serves the twins, as a process of its own.

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'mocks.ts'), ...args])
  children.push(child)
  return child
}

/** Everything that a stream says until the process ends. */
async function ending(child: ChildProcess): Promise<{ status: number | null; stderr: string }> {
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (part: string) => (stderr += part))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stderr }
}

/** The addresses of the two twins, once they listen. */
async function addresses(child: ChildProcess): Promise<{ digicert: string; cdnpro: string }> {
  let text = ''
  const collect = (part: string): void => void (text += part)
  child.stdout!.setEncoding('utf8').on('data', collect)
  while (!text.includes('curl')) await once(child.stdout!, 'data')
  child.stdout!.off('data', collect)
  const find = (name: string): string => new RegExp(`^${name} twin +(\\S+)$`, 'm').exec(text)![1]!
  return { digicert: find('DigiCert'), cdnpro: find('CDN Pro') }
}

describe('the command that serves the twins', { timeout: 60_000 }, () => {
  it('serves both on free ports, and ends in order when told to', async () => {
    const child = start('--digicert-port', '0', '--cdnpro-port', '0')
    const { digicert, cdnpro } = await addresses(child)
    expect((await fetch(`${digicert}/order/certificate/1/duplicate`)).status).toBe(403)
    expect((await fetch(`${cdnpro}/cdn/certificates/1`)).status).toBe(401)
    const end = ending(child)
    child.kill('SIGTERM')
    expect(await end).toEqual({ status: 0, stderr: '' })
  })

  it('tells why it refused a request', async () => {
    const child = start('--digicert-port', '0', '--cdnpro-port', '0')
    const { digicert, cdnpro } = await addresses(child)
    const told: string[] = []
    child.stdout!.on('data', (line: string) => told.push(...line.trim().split('\n')))
    await fetch(`${digicert}/order/certificate/1/duplicate`, { headers: { 'X-DC-DEVKEY': 'CANARY' } })
    await fetch(`${cdnpro}/cdn/certificates/1`)
    await fetch(`${cdnpro}/cdn/certificate?search=x`)
    await vi.waitFor(() => expect(told).toHaveLength(3))
    expect(told).toEqual([
      'DigiCert twin: listDuplicates refused with 403, key-unknown',
      'CDN Pro twin: getCertificate refused with 401, authorization-missing',
      'CDN Pro twin: GET /cdn/certificate refused with 401, authorization-missing',
    ])
  })

  it('survives garbage and callers that hang up', async () => {
    const child = start('--digicert-port', '0', '--cdnpro-port', '0')
    const { digicert } = await addresses(child)
    const url = `${digicert}/order/certificate/112233/duplicate`
    const headers = { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json' }
    for (const body of ['', '{', '[]', 'null', '"', '\u0000', '{"certificate":[]}']) {
      const response = await fetch(url, { method: 'POST', headers, body })
      expect([response.status, Object.keys((await response.json()) as object)]).toEqual([400, ['errors']])
    }
    const halfway = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"certificate"')),
      pull: () => Promise.reject(new Error('The caller hangs up.')),
    })
    const init = { method: 'POST', headers, body: halfway, duplex: 'half' } as const
    await expect(fetch(url, init)).rejects.toThrow('fetch failed')
    expect((await fetch(url, { headers })).status).toBe(200)
    const end = ending(child)
    child.kill('SIGTERM')
    expect(await end).toEqual({ status: 0, stderr: '' })
  })

  it('exits 1 with a sentence when a port is in use', async () => {
    const first = start('--digicert-port', '0', '--cdnpro-port', '0')
    const { port } = new URL((await addresses(first)).cdnpro)
    const { status, stderr } = await ending(start('--digicert-port', '0', '--cdnpro-port', port))
    expect(status).toBe(1)
    expect(stderr).toBe(
      `Cannot listen on 127.0.0.1 port ${port}: it is in use. Choose another one, or 0 for a free one.\n`,
    )
  })

  it.each([
    [['--nope'], "error: unknown option '--nope'\n"],
    [['--digicert-port', '70000'], 'Give a port from 0 to 65535; 0 takes a free one.\n'],
  ])('exits 2 with a sentence for %j', async (args, sentence) => {
    const { status, stderr } = await ending(start(...args))
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
  })
})
