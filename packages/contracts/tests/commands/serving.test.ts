import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { run as runProgram, temporaryFolder } from '../programs.ts'
import { commands, fileWith, freePort, run, serve, type Served, start, stop } from './command-process.ts'

// What a user sees who starts a twin by its command.

const startTime = '2031-05-06T07:08:09Z'

describe.each(commands)('$name', { timeout: 60_000 }, ({ name, operation, path }) => {
  it('tells where it is, who may call it, and ends in order when told to', async () => {
    const running = start(name, ['--port', '0'])
    const text = await running.said('stdout', /curl .*\n$/)
    const [, url] = / control +(http:\/\/127\.0\.0\.1:\d+)\/__mock\n/.exec(text)!
    expect(text).toMatch(new RegExp(`^${name} listens\\.\n\n  service +${url}`))
    expect(text).toContain(`page     ${url}/__mock/\n`)
    expect(text).toMatch(/Accounts:\n {2}\w+ +\w+.*\n {2}(MOCKKEYADMIN|example_username) /)
    expect(text).not.toContain('token')
    expect((await fetch(`${url}/__mock/health`)).status).toBe(200)
    expect((await fetch(`${url}/__mock/`)).headers.get('content-type')).toMatch(/^text\/html/)
    const { status, stdout, stderr } = await stop(running, 'SIGINT')
    expect([status, stdout]).toEqual([0, text])
    expect(stderr).toContain('"msg":"stopped"')
  })

  it('prints a curl line that works in bash, wherever its clock is', async () => {
    const { told } = await serve(name, '--clock', `${startTime},frozen`)
    const { stdout } = await runProgram('bash', ['-c', told.curl])
    expect(JSON.parse(stdout)).toHaveProperty(name === 'mock-cdnpro' ? 'expirationTime' : 'certificates')
  })

  it('serves TLS, and prints a curl line that trusts it', async () => {
    const folder = join(temporaryFolder(), "it's new")
    const { told, url } = await serve(name, '--tls', folder)
    expect([url.slice(0, 8), told.ca]).toEqual(['https://', join(folder, 'ca.pem')])
    expect(existsSync(join(folder, 'truststore.jks'))).toBe(true)
    const { stdout } = await runProgram('bash', ['-c', told.curl])
    expect(JSON.parse(stdout)).toHaveProperty(name === 'mock-cdnpro' ? 'expirationTime' : 'certificates')
  })

  it('starts its clock where it is told, and lets it stand still', async () => {
    const { url } = await serve(name, '--clock', `${startTime},frozen`)
    const dates = [await fetch(url + path), await fetch(url + path)].map(({ headers }) => headers.get('date'))
    expect(dates).toEqual(['Tue, 06 May 2031 07:08:09 GMT', 'Tue, 06 May 2031 07:08:09 GMT'])
    expect(await (await fetch(`${url}/__mock/clock`)).json()).toMatchObject({ running: false })
  })

  it('begins with the data of a file too, also after a reset', async () => {
    const data = {
      'mock-digicert': 'orders: [{ id: 777001, product: ssl_basic, commonName: planted.example.net, container: 14 }]',
      'mock-cdnpro': 'users: [{ username: planted.example.net, apiKey: key, customerId: 20001001 }]',
    }
    const { url } = await serve(name, '--seed-file', fileWith(data[name]))
    const state = async (): Promise<string> => (await fetch(`${url}/__mock/state`)).text()
    expect(await state()).toContain('planted.example.net')
    await fetch(`${url}/__mock/reset`, { method: 'POST' })
    expect(await state()).toContain('planted.example.net')
  })

  it('lets a request that runs come to its end at SIGTERM, and takes no other', async () => {
    const faults = fileWith([{ operation, kind: 'slow-body', delay: '100ms', bytes: 20 }])
    const twin = await serve(name, '--faults', faults)
    const response = await fetch(twin.url + path)
    const ending = stop(twin)
    await twin.said('stderr', /draining/)
    await expect(fetch(twin.url + path)).rejects.toThrow('fetch failed')
    expect(await response.json()).toBeTypeOf('object')
    expect(await ending).toMatchObject({ status: 0, stderr: expect.stringContaining('"msg":"stopped"') as string })
  })

  it('ends at once at a second signal', async () => {
    const faults = fileWith(`[{ operation: ${operation}, kind: slow-body, delay: 1h }]`)
    const twin = await serve(name, '--faults', faults)
    await fetch(twin.url + path)
    const ending = stop(twin)
    await twin.said('stderr', /draining/)
    twin.child.kill('SIGTERM')
    expect(await ending).toMatchObject({ status: 'SIGTERM' })
  })

  it('wants its token of everybody where it listens on more than loopback', async () => {
    const { told, url } = await serve(name, '--host', '0.0.0.0')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect(told.token).toMatch(/^[0-9a-f]{32}$/)
    const statusOf = async (verb: string, token?: string): Promise<number> => {
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
      return (await fetch(`${url}/__mock/${verb}`, { headers })).status
    }
    expect([await statusOf('health'), await statusOf('clock'), await statusOf('clock', told.token)]).toEqual([
      200, 401, 200,
    ])
  })

  it('takes a token of the user’s, also on loopback', async () => {
    const { told, url } = await serve(name, '--token', 'my-token')
    expect(told.token).toBe('my-token')
    expect((await fetch(`${url}/__mock/clock`)).status).toBe(401)
  })

  it('has no control plane where none is wanted', async () => {
    const { told, url } = await serve(name, '--no-control')
    expect([told.control, told.page, told.token]).toEqual([undefined, undefined, undefined])
    expect((await fetch(`${url}/__mock/health`)).status).toBeGreaterThanOrEqual(400)
  })

  it('says nothing where it shall be quiet', async () => {
    const port = await freePort()
    const running = start(name, ['--port', String(port), '--quiet', '--log-requests'])
    const ask = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect(await vi.waitFor(ask, { timeout: 20_000 })).toBeGreaterThanOrEqual(400)
    expect(await stop(running)).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('logs a request only where it is asked to, and never a secret', async () => {
    const canary = 'CANARY.SECRET'
    const headers = { 'X-DC-DEVKEY': canary, Authorization: `Basic ${btoa(`${canary}:${canary}`)}` }
    const ask = async ({ url }: Served): Promise<unknown> => fetch(`${url}${path}?api_key=${canary}`, { headers })
    const silent = await serve(name, '--token', canary)
    const talkative = await serve(name, '--log-requests', '--token', canary)
    await Promise.all([ask(silent), ask(talkative)])
    await talkative.said('stderr', new RegExp(operation))
    const [quiet, loud] = await Promise.all([stop(silent), stop(talkative)])
    expect(linesOf(quiet.stderr).map(({ msg }) => msg)).toEqual(['listening', 'draining', 'stopped'])
    expect(loud.stderr).toMatch(new RegExp(`"operation":"${operation}".*"diagnosis":"[a-z-]+"`))
    expect(loud.stderr).not.toContain(canary)
    expect(loud.stderr).not.toContain(btoa(`${canary}:${canary}`))
  })

  it('serves on when nobody reads what it says', async () => {
    const port = await freePort()
    const running = start(name, ['--port', String(port), '--log-requests'])
    running.child.stdout!.destroy()
    running.child.stderr!.destroy()
    const ask = async (): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    await vi.waitFor(ask, { timeout: 20_000 })
    expect(await ask()).toBeGreaterThanOrEqual(400)
    running.child.kill('SIGTERM')
    expect(await once(running.child, 'exit')).toEqual([0, null])
  })
})

describe('a data file', { timeout: 60_000 }, () => {
  it('is kept across restarts, and belongs to one process', async () => {
    const data = join(temporaryFolder(), 'data')
    const first = await serve('mock-cdnpro', '--data', data, '--clock', `${startTime},frozen`)
    expect(await run('mock-cdnpro', ['--port', '0', '--data', data])).toEqual({
      status: 1,
      stdout: '',
      stderr: `Another process has ${data} open: stop it, or give another file.\n`,
    })
    expect((await stop(first)).status).toBe(0)
    const second = await serve('mock-cdnpro', '--data', data)
    expect(await (await fetch(`${second.url}/__mock/clock`)).json()).toEqual({
      now: '2031-05-06T07:08:09.000Z',
      running: false,
    })
  })
})

function linesOf(log: string): Record<string, unknown>[] {
  return log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
