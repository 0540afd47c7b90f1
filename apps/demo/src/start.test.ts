import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'

// The command as a person runs it: a process of its own.

/** A process takes half a second to start, and several of them on a busy machine longer. */
const timeout = 60_000

const free = ['--port', '0', '--digicert-port', '0', '--cdnpro-port', '0']
const children: ChildProcess[] = []
const servers: Server[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) server.close()
})

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args])
  children.push(child)
  return child
}

interface Serving {
  readonly child: ChildProcess
  readonly page: string
  readonly digicert: string
}

/** Starts it and waits until it says where it is. */
async function serve(args: readonly string[] = free): Promise<Serving> {
  const child = start(args)
  let output = ''
  for await (const chunk of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += chunk as string
    const [, page, digicert] = /^Page +(\S+)\nDigiCert twin +(\S+)\n/.exec(output) ?? []
    if (page !== undefined && digicert !== undefined) return { child, page, digicert }
  }
  throw new Error(`It ended before it served, after saying: ${output}`)
}

async function endOf(child: ChildProcess): Promise<{ status: number; stderr: string }> {
  const [stderr, [status]] = await Promise.all([text(child.stderr!), once(child, 'close') as Promise<[number]>])
  return { status, stderr }
}

/** The status for a `Host` header, which `fetch` does not send as told. */
async function statusFor(page: string, host: string): Promise<number | undefined> {
  const call = request(page, { headers: { Host: host } }).end()
  const [answer] = (await once(call, 'response')) as [{ statusCode?: number; resume(): void }]
  answer.resume()
  return answer.statusCode
}

describe('the page as a process', { timeout }, () => {
  it('serves the page and both twins, and a run succeeds over their ports', async () => {
    const { page, digicert } = await serve()
    expect((await fetch(`${digicert}/order/certificate/100003/duplicate`)).status).toBe(403)
    const run = { orderId: 1234567, commonName: 'www.digicert.com', dnsNames: [], signatureHash: 'sha256' }
    const body = JSON.stringify({ ...run, targets: ['staging'] })
    const headers = { 'Content-Type': 'application/json' }
    expect((await fetch(`${page}/api/runs`, { method: 'POST', headers, body })).status).toBe(201)
    const events = await (await fetch(`${page}/api/runs/1/events`)).text()
    expect(events).toContain('"message":"The certificate is live and verified."')
  })

  it('refuses a foreign host name and answers to one of --host-name', async () => {
    const { page } = await serve([...free, '--host-name', 'Certs.example.net', '--host-name', 'other.example.net'])
    const names = ['evil.example', 'certs.example.net:4000', 'other.example.net', new URL(page).host]
    expect(await Promise.all(names.map((name) => statusFor(page, name)))).toEqual([403, 200, 200, 200])
  })

  it('answers a body of 2 MB with 413, 100 times of 100, and one that is missing with a sentence', async () => {
    const { child, page } = await serve()
    let complaints = ''
    child.stderr!.setEncoding('utf8').on('data', (part: string) => (complaints += part))
    const headers = { 'Content-Type': 'application/json' }
    const body = 'x'.repeat(2 * 1024 * 1024)
    const statuses: number[] = []
    for (let count = 0; count < 100; count++) {
      const response = await fetch(`${page}/api/runs`, { method: 'POST', headers, body })
      await response.text()
      statuses.push(response.status)
    }
    expect(statuses).toEqual(Array.from({ length: 100 }, () => 413))
    const empty = await fetch(`${page}/api/runs`, { method: 'POST', headers })
    expect([empty.status, await empty.json()]).toEqual([400, { error: 'The body is not JSON.' }])
    expect(complaints).toBe('')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('exits 0 on %s, also while a run waits and is watched', async (signal) => {
    const { child, page } = await serve()
    const run = { orderId: 112233, commonName: 'example.com', dnsNames: ['sub.example.com'], signatureHash: 'sha256' }
    const body = JSON.stringify({ ...run, targets: ['staging'] })
    await fetch(`${page}/api/runs`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    const events = await fetch(`${page}/api/runs/1/events`)
    for await (const chunk of events.body!.values({ preventCancel: true })) {
      if (Buffer.from(chunk).includes('"state":"waiting","message"')) break
    }
    child.kill(signal)
    expect(await endOf(child)).toEqual({ status: 0, stderr: '' })
  })

  it.each(['--port', '--digicert-port', '--cdnpro-port'])(
    'exits 1 with one sentence when %s is in use',
    async (flag) => {
      const other = createServer().listen(0, '127.0.0.1')
      servers.push(other)
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const { status, stderr } = await endOf(start([...free, flag, String(port)]))
      expect(stderr).toMatch(
        new RegExp(`^Cannot listen on 127\\.0\\.0\\.1 port ${port}: it is in use\\. Choose .*\\.\n$`),
      )
      expect(status).toBe(1)
    },
  )

  it.each([['--nope'], ['--port', 'x'], ['--port', '70000'], ['surplus']])(
    'exits 2 with one sentence for %s',
    async (...args) => {
      const { status, stderr } = await endOf(start(args))
      expect(stderr).toMatch(/^error: .+\n$/)
      expect(status).toBe(2)
    },
  )
})
