import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../programs.ts'
import { type CommandName, commands, fileWith, run, serve, stop } from './command-process.ts'

// What the commands take, and what they say of what they do not take: one sentence, never a trace.

async function settingsOf({ url }: { readonly url: string }): Promise<unknown> {
  return (await fetch(`${url}/__mock/settings`)).json()
}

const portRule = 'Give a port from 0 to 65535; 0 takes a free one.'
const clockRule = 'give a date such as 2023-04-04T12:53:25Z.'
const tokenRule = 'Give letters, digits and signs of ASCII, without spaces.'

// oxfmt-ignore
const misuses: readonly (readonly [name: CommandName, args: readonly string[], sentence: string])[] = [
  ['mock-digicert', ['--nope'], "Unknown option '--nope'."],
  ['mock-digicert', ['--prot', '1'], "Unknown option '--prot' (Did you mean --port?)"],
  ['mock-digicert', ['nope'], 'Too many arguments. Expected 0 arguments but got 1: nope.'],
  ['mock-digicert', ['--port'], "Option '--port <port>' argument missing."],
  ['mock-digicert', ['--port', '70000'], `Option '--port <port>' argument '70000' is invalid. ${portRule}`],
  ['mock-digicert', ['--port', '1e3'], `Option '--port <port>' argument '1e3' is invalid. ${portRule}`],
  ['mock-digicert', ['--host', ''], "Option '--host <address>' argument '' is invalid. Give a text that is not empty."],
  ['mock-digicert', ['--clock', 'soon'], `Option '--clock <time>' argument 'soon' is invalid. The clock cannot be set to soon: ${clockRule}`],
  ['mock-digicert', ['--accounts', 'all'], "Option '--accounts <seeded|open>' argument 'all' is invalid. Choose from seeded, open."],
  ['mock-digicert', ['--token', 'a b'], `Option '--token <text>' argument 'a b' is invalid. ${tokenRule}`],
  ['mock-digicert', ['--rate-limits', 'no'], "Option '--rate-limits <on|off>' argument 'no' is invalid. Choose from on, off."],
  ['mock-digicert', ['--profile', '2021'], "Option '--profile <2019|2020|2024>' argument '2021' is invalid. Choose from 2019, 2020, 2024."],
  ['mock-digicert', ['--lifecycle', 'default'], "Unknown option '--lifecycle'."],
  ['mock-cdnpro', ['--profile', '2019'], "Unknown option '--profile'."],
  ['mock-cdnpro', ['--lifecycle', 'slow'], "Option '--lifecycle <default|realistic|at-once|reads>' argument 'slow' is invalid. Choose from default, realistic, at-once, or give a number of reads."],
]

// oxfmt-ignore
const obstacles: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [['--host', '192.0.2.1'], 'Cannot listen on 192.0.2.1 port 0: this machine has no such address.'],
  [['--config', '/nope.yaml'], 'Cannot read /nope.yaml: there is no such file.'],
  [['--seed-file', '/'], 'Cannot read /: it is a folder.'],
  [['--faults', '/nope.json'], 'Cannot read /nope.json: there is no such file.'],
  [['--data', '/nope/data'], 'The folder of /nope/data does not exist: make it, or give another file.'],
  [['--tls', '/dev/null/tls'], 'Nothing can be written into /dev/null/tls (ENOTDIR): give --tls another folder for what is to be trusted.'],
]

// oxfmt-ignore
const mistakes: readonly (readonly [flag: string, content: string, sentence: string])[] = [
  ['--faults', '- a: [', 'FILE is neither JSON nor YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 7.'],
  ['--faults', 'nope', 'FILE cannot be used: write a list of rules such as [{"kind":"delay","delay":"2s"}].'],
  ['--faults', '{ "kind": "delay", "delay": "soon" }', 'FILE cannot be used: The delay of a fault cannot be read: "soon" is no length of time: write 500ms, 30s, 16m, 2h or 1d.'],
  ['--faults', '{ kind: silence, operation: fly }', 'FILE cannot be used: There is no operation fly: choose from'],
  ['--seed-file', 'planets: []', 'FILE cannot be used: The data cannot be read: planets is unknown.'],
  ['--config', '[]', 'FILE is no configuration: write members such as port: 4010.'],
  ['--config', 'prot: 1', 'FILE cannot be used: prot is unknown.'],
  ['--config', 'port: "1"', 'FILE cannot be used: port must be of the type integer.'],
  ['--config', 'port: 70000', 'FILE cannot be used: port must be at most 65535.'],
  ['--config', 'clock: soon', `FILE cannot be used: clock: The clock cannot be set to soon: ${clockRule}`],
  ['--config', 'accounts: all', 'FILE cannot be used: accounts must be one of seeded, open.'],
  ['--config', 'token: a b', `FILE cannot be used: token: ${tokenRule}`],
  ['--config', 'profile: 2021', 'FILE cannot be used: profile: Choose from 2019, 2020, 2024.'],
  ['--config', 'lifecycle: default', 'FILE cannot be used: lifecycle is unknown.'],
  ['--config', 'rateLimits: [{ limit: 1 }]', 'rateLimits.0.windowMs is missing'],
  ['--config', 'seedFile: nope.yaml', 'Cannot read FOLDER/nope.yaml: there is no such file.'],
]

describe('a flag', { timeout: 60_000 }, () => {
  it.each(misuses)('that %s cannot take is told in a sentence: %j', async (name, args, sentence) => {
    expect(await run(name, args)).toEqual({ status: 2, stdout: '', stderr: `${sentence}\n` })
  })

  it.each(commands)('asks $name for help or its version', async ({ name }) => {
    const [help, version] = await Promise.all([run(name, ['--help']), run(name, ['--version'])])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout).toMatch(new RegExp(`^Usage: ${name} \\[options\\]\n[^]*--log-requests[^]*${name} ctl --help`))
    expect(version).toEqual({ status: 0, stdout: '0.0.0\n', stderr: '' })
  })

  it('sets what only one twin has', async () => {
    const digicert = await serve('mock-digicert', '--profile', '2024', '--rate-limits', 'off')
    expect(await settingsOf(digicert)).toEqual({ profile: '2024', rateLimits: false })
    const flags =
      '--lifecycle 3 --door native --generation current --strict on --location-base vendor --basic-window-ms 5'
    const cdnpro = await serve('mock-cdnpro', ...flags.split(' '))
    expect(await settingsOf(cdnpro)).toMatchObject({
      lifecycle: { reads: 3 },
      door: 'native',
      generation: 'current',
      strict: true,
      locationBase: 'vendor',
      basicWindowMs: 5,
      rateLimits: true,
      diagnosisHeader: false,
    })
  })

  it('opens worlds, and makes the same seed give the same bytes', async () => {
    const seeded = ['--random-seed', 'one', '--clock', '2031-05-06T07:08:09Z,frozen']
    const args = [...seeded, '--accounts', 'open', '--public-url', 'http://twin.example']
    const transcripts = [1, 2].map(async () => {
      const { url } = await serve('mock-digicert', ...args)
      const headers = { 'X-DC-DEVKEY': 'MOCKKEYADMIN.mine' }
      const response = await fetch(`${url}/services/v2/order/certificate/100003/duplicate`, { headers })
      const worlds: unknown = await (await fetch(`${url}/__mock/worlds`)).json()
      return [[...response.headers], await response.text(), worlds]
    })
    const [first, second] = await Promise.all(transcripts)
    expect(first).toEqual(second)
    expect(first![2]).toEqual({ worlds: ['default', 'mine'] })
  })
})

describe('what is in the way', { timeout: 60_000 }, () => {
  it('is a port that another process has', async () => {
    const { url } = await serve('mock-digicert')
    const { port } = new URL(url)
    expect(await run('mock-cdnpro', ['--port', port])).toEqual({
      status: 1,
      stdout: '',
      stderr: `Cannot listen on 127.0.0.1 port ${port}: it is in use. Choose another one, or 0 for a free one.\n`,
    })
  })

  it.each(obstacles)('is told in a sentence: %j', async (args, sentence) => {
    expect(await run('mock-cdnpro', ['--port', '0', ...args])).toEqual({
      status: 1,
      stdout: '',
      stderr: `${sentence}\n`,
    })
  })
})

describe('the contents of a file', { timeout: 60_000 }, () => {
  it.each(mistakes)('of %s is told in a sentence where it is wrong: %s', async (flag, content, sentence) => {
    const file = fileWith(content)
    const { status, stdout, stderr } = await run('mock-digicert', ['--port', '0', flag, file])
    expect([status, stdout]).toEqual([sentence.startsWith('Cannot') ? 1 : 2, ''])
    expect(stderr).toMatch(/^[^\n]+\n$/)
    expect(stderr.replaceAll(file, 'FILE').replaceAll(dirname(file), 'FOLDER')).toContain(sentence)
  })
})

describe('the configuration file', { timeout: 60_000 }, () => {
  it('says what the flags say, with files beside it; flags win', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'rules'))
    writeFileSync(join(folder, 'rules/slow.yaml'), '- { kind: delay, delay: 1ms, id: slow }')
    const config = join(folder, 'mock.yaml')
    writeFileSync(
      config,
      `
port: 1
clock: 2031-05-06T07:08:09Z,frozen
randomSeed: 7
accounts: open
profile: 2020
rateLimits: off
faults: rules/slow.yaml
tls: trust
token: my-token
logRequests: true
`,
    )
    const twin = await serve('mock-digicert', '--config', config, '--profile', '2024')
    expect(twin.told).toMatchObject({ token: 'my-token', ca: join(folder, 'trust/ca.pem') })
    const url = twin.url.replace('https:', 'http:')
    const ask = async (verb: string): Promise<unknown> =>
      (await fetch(`${url}/__mock/${verb}`, { headers: { Authorization: 'Bearer my-token' } })).json()
    expect(await ask('clock')).toEqual({ now: '2031-05-06T07:08:09.000Z', running: false })
    expect(await ask('settings')).toEqual({ profile: '2024', rateLimits: false })
    expect(await ask('faults')).toMatchObject({ faults: [{ id: 'slow' }] })
    await fetch(`${url}/services/v2/order/certificate/1/duplicate`, { headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN.mine' } })
    expect(await ask('worlds')).toEqual({ worlds: ['default', 'mine'] })
    expect((await stop(twin)).stderr).toContain('"operation":"listDuplicates"')
  })

  it('can be JSON, with windows for the rate limits', async () => {
    const rateLimits = [{ limit: 7, windowMs: 1000 }]
    const twin = await serve('mock-cdnpro', '--config', fileWith({ rateLimits, lifecycle: { reads: 2 } }))
    expect(await settingsOf(twin)).toMatchObject({ rateLimits, lifecycle: { reads: 2 } })
  })
})
