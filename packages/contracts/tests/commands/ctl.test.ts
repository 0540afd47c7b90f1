import { describe, expect, it } from 'vitest'
import {
  commands,
  type Ending,
  fileWith,
  freePort,
  type ProcessOptions,
  run,
  serve,
  start,
  stop,
} from './command-process.ts'

// `ctl`: the control plane of a running twin from a shell.

interface World {
  readonly url: string
  readonly path: string
  /** Runs `ctl` against the twin. */
  readonly ctl: (args: readonly string[], options?: ProcessOptions) => Promise<Ending>
  /** The same, for what must succeed; gives the answer. */
  readonly ask: (...args: readonly string[]) => Promise<unknown>
}

async function setup({ name, path }: (typeof commands)[number]): Promise<World> {
  const { url } = await serve(name, '--clock', '2031-05-06T07:08:09Z,frozen')
  const ctl: World['ctl'] = (args, options = {}) => run(name, ['ctl', ...args], { ...options, env: { MOCK_URL: url } })
  const ask: World['ask'] = async (...args) => {
    const { status, stdout, stderr } = await ctl(args)
    expect([status, stderr]).toEqual([0, ''])
    return stdout === '' ? undefined : (JSON.parse(stdout) as unknown)
  }
  return { url, path, ctl, ask }
}

/** Nobody can see from outside when a command has begun to listen, so it is given something to hear until it has heard it. */
async function repeatUntil<Result>(heard: Promise<Result>, work: () => Promise<unknown>): Promise<Result> {
  const isOver = heard.then(() => true)
  while ((await Promise.race([isOver, work()])) !== true) continue
  return heard
}

const done = { status: 0, stdout: '', stderr: '' }

describe.each(commands)('$name ctl', { timeout: 60_000 }, (command) => {
  const { name, operation } = command

  it('reads and moves the clock', async () => {
    const { ask } = await setup(command)
    const now = '2031-05-06T07:08:09.000Z'
    expect(await ask('health')).toMatchObject({ status: 'ok', twin: name, now })
    expect(await ask('clock')).toEqual({ now, running: false })
    expect(await ask('advance', '16m')).toEqual({ now: '2031-05-06T07:24:09.000Z', running: false })
    expect(await ask('clock', 'set', '2032-01-01')).toEqual({ now: '2032-01-01T00:00:00.000Z', running: false })
    expect(await ask('clock', 'run')).toMatchObject({ running: true })
    expect(await ask('clock', 'freeze')).toMatchObject({ running: false })
  })

  it('keeps to the world that is named', async () => {
    const { ask } = await setup(command)
    await ask('advance', '1h', '--world', 'mine')
    expect(await ask('--world', 'mine', 'clock')).toMatchObject({ now: '2031-05-06T08:08:09.000Z' })
    expect(await ask('clock')).toMatchObject({ now: '2031-05-06T07:08:09.000Z' })
    expect(await ask('worlds')).toEqual({ worlds: ['default', 'mine'] })
  })

  it('adds, lists and clears faults: as JSON, from a file, from the standard input', async () => {
    const { ask, ctl } = await setup(command)
    const list = async (): Promise<unknown> => ask('faults')
    expect(await ask('faults', 'add', '{"kind":"silence","id":"one"}')).toMatchObject({
      faults: [{ id: 'one', hits: 0 }],
    })
    await ask('faults', 'add', fileWith('- { kind: silence, id: two }'))
    await ctl(['faults', 'add', '-'], { input: 'kind: silence\nid: three' })
    expect(await list()).toMatchObject({ faults: [{ id: 'one' }, { id: 'two' }, { id: 'three' }] })
    expect(await ctl(['faults', 'clear', 'two'])).toEqual(done)
    expect(await list()).toMatchObject({ faults: [{ id: 'one' }, { id: 'three' }] })
    expect(await ctl(['faults', 'clear'])).toEqual(done)
    expect(await list()).toEqual({ faults: [] })
  })

  it('lists requests in every form, and empties the journal', async () => {
    const { url, path, ask, ctl } = await setup(command)
    await fetch(url + path)
    await fetch(`${url}/nothing`)
    expect(await ask('requests')).toMatchObject({ requests: [{ operation }, { url: `${url}/nothing` }] })
    expect(await ask('requests', '--operation', operation, '--status', '4xx')).toMatchObject({ requests: [{ id: 1 }] })
    expect(await ask('requests', '--limit', '1')).toMatchObject({ requests: [{ id: 2 }] })
    expect(await ask('requests', '--since', '2031-05-07T00:00:00Z')).toEqual({ requests: [] })
    expect(await ask('requests', '--until', '2031-05-06T00:00:00Z')).toEqual({ requests: [] })
    expect(await ask('requests', '--account', 'nobody')).toEqual({ requests: [] })
    expect(await ask('requests', '--as', 'har')).toMatchObject({ log: { entries: [{}, {}] } })
    expect((await ctl(['requests', '--as', 'curl'])).stdout).toMatch(
      new RegExp(`^curl .*${path}'\ncurl .*/nothing'\n$`),
    )
    expect(await ctl(['requests', 'clear'])).toEqual(done)
    expect(await ask('requests')).toEqual({ requests: [] })
  })

  it('follows the requests that match, until it has seen enough or the twin stops', async () => {
    const { url, path } = await setup(command)
    const follow = (...args: readonly string[]): ReturnType<typeof start> =>
      start(name, ['ctl', 'requests', '--follow', '--url', url, ...args])
    const limited = follow('--operation', operation, '--limit', '2')
    const curl = follow('--as', 'curl', '--status', '4xx', '--limit', '3')
    const ask = async (): Promise<unknown> => [await fetch(`${url}/nothing`), await fetch(url + path)]
    const [entries, lines] = await repeatUntil(Promise.all([limited.ended, curl.ended]), ask)
    const view = JSON.parse(`[${entries.stdout.trim().replace('\n', ',')}]`) as unknown
    expect([entries.status, view]).toMatchObject([0, [{ operation }, { operation }]])
    expect(lines).toMatchObject({ status: 0, stdout: expect.stringMatching(/^(curl .*\n){3}$/) as string })
  })

  it('ends without a word when the twin stops, or nobody reads on', async () => {
    const twin = await serve(name)
    const follow = start(name, ['ctl', 'requests', '--follow', '--url', twin.url])
    const evidence = start(name, ['ctl', 'evidence', '--url', twin.url])
    evidence.child.stdout!.destroy()
    expect(await evidence.ended).toEqual(done)
    await repeatUntil(follow.said('stdout', /\n/), () => fetch(twin.url + command.path))
    await stop(twin)
    expect(await follow.ended).toMatchObject({ status: 0, stderr: '' })
  })

  it('takes a snapshot, forgets, and puts the snapshot back', async () => {
    const { ask, ctl } = await setup(command)
    const snapshot = await ask('state')
    await ask('advance', '1h')
    expect(await ctl(['reset'])).toEqual(done)
    expect(await ctl(['random', 'seed'])).toEqual(done)
    expect(await ctl(['state', 'put', '-'], { input: JSON.stringify(snapshot) })).toEqual(done)
    expect(await ask('state')).toEqual(snapshot)
    expect(await ctl(['seed', '{}'])).toEqual(done)
  })

  it('changes settings by pairs and by JSON', async () => {
    const { ask } = await setup(command)
    expect(await ask('settings', 'set', 'rateLimits=false')).toMatchObject({ rateLimits: false })
    expect(await ask('settings', 'set', '{"rateLimits":true}')).toMatchObject({ rateLimits: true })
    const pair = name === 'mock-digicert' ? 'profile=2024' : 'lifecycle={"reads":2}'
    const changed = name === 'mock-digicert' ? { profile: '2024' } : { lifecycle: { reads: 2 } }
    expect(await ask('settings', 'set', pair)).toMatchObject(changed)
    expect(await ask('settings')).toMatchObject({ ...changed, rateLimits: true })
  })

  it('does what only this twin can do, and tells what it is based on', async () => {
    const { ask, ctl } = await setup(command)
    const input = name === 'mock-digicert' ? ['complete-validation', '{"container":15}'] : ['finish-tasks']
    expect(await ask('actions')).toMatchObject({
      actions: expect.arrayContaining([expect.objectContaining({ name: input[0] })]) as unknown,
    })
    expect(await ask('action', ...input)).toBeTypeOf('object')
    expect(await ask('evidence')).toHaveProperty('operations.0.statements')
    expect(await ctl(['action', 'fly', '{}'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^There is no action fly: /) as string,
    })
  })
})

// oxfmt-ignore
const misuses: readonly (readonly [args: string[], status: number, sentence: string])[] = [
  [['nope'], 2, "Unknown command 'nope'."],
  [['health', 'extra'], 2, "Too many arguments for 'health'. Expected 0 arguments but got 1: extra."],
  [['seed'], 2, "Missing required argument 'input'."],
  [['clock', '--url', 'ftp://x'], 2, "Option '--url <url>' argument 'ftp://x' is invalid. Give a URL such as http://127.0.0.1:4010."],
  [['seed', '{'], 2, 'The argument begins like JSON and is none.'],
  [['seed', '/nope.yaml'], 1, 'Cannot read /nope.yaml: there is no such file.'],
  [['settings', 'set', 'x'], 2, '"x" changes nothing: write name=value, or one JSON object.'],
  [['requests', '--follow', '--as', 'har'], 2, 'HAR is written as a whole: leave out --follow, or choose --as json or curl.'],
  [['requests', '--follow', '--status', 'x'], 2, 'x is no status: write 429, or 4xx for a class, or 0 for no answer.'],
  [['health', '--url', 'http://127.0.0.1:9'], 1, 'http://127.0.0.1:9 cannot be reached (bad port): say with --url where the twin is.'],
]

describe('ctl', { timeout: 60_000 }, () => {
  it('sends the token, from a flag or the environment', async () => {
    const { url } = await serve('mock-digicert', '--token', 'my-token')
    const clock = (args: readonly string[], env = {}): Promise<Ending> =>
      run('mock-digicert', ['ctl', 'clock', '--url', url, ...args], { env })
    expect((await clock(['--token', 'my-token'])).status).toBe(0)
    expect((await clock([], { MOCK_TOKEN: 'my-token' })).status).toBe(0)
    expect(await clock([])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'The control plane wants its token: send Authorization: Bearer and the token that the twin was started with.\n',
    })
  })

  it('says in a sentence that it talks to something else', async () => {
    const { url } = await serve('mock-digicert', '--no-control')
    expect(await run('mock-digicert', ['ctl', 'health', '--url', url])).toEqual({
      status: 1,
      stdout: '',
      stderr: `What answers on ${url} is no control plane of a twin: say with --url where one is.\n`,
    })
  })

  it.each(misuses)('ends with a sentence for %j', async (args, status, sentence) => {
    expect(await run('mock-cdnpro', ['ctl', ...args])).toEqual({ status, stdout: '', stderr: `${sentence}\n` })
  })

  it('says in a sentence that nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    expect(await run('mock-cdnpro', ['ctl', 'health', '--url', `${url}/`])).toEqual({
      status: 1,
      stdout: '',
      stderr: `Nobody listens on ${url}: start the twin, or say with --url where it is.\n`,
    })
  })
})
