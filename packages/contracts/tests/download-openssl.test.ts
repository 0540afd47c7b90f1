import { X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDigicertMock, type DigicertMockOptions } from '@certtwin/mock-digicert'
import { describe, expect, it } from 'vitest'
import { cannotRun, isInstalled, run, temporaryFolder } from './programs.ts'
import { readZip } from './zip-reader.ts'

// Downloads, opened by the programs that people open them with.

const zone = 'Asia/Kathmandu'
const reason = cannotRun('openssl')

function setup(options: DigicertMockOptions = {}) {
  const folder = temporaryFolder()
  const mock = createDigicertMock(options)
  const save = async (format: string, name: string): Promise<void> => {
    const url = `https://www.digicert.com/services/v2/certificate/100203/download/format/${format}`
    const answer = await mock.fetch(new Request(url, { headers: { 'X-DC-DEVKEY': mock.accounts[0].apiKey } }))
    await writeFile(join(folder, name), new Uint8Array(await answer.arrayBuffer()))
  }
  const call = async (program: string, ...args: string[]): Promise<string> =>
    (await run(program, args, { cwd: folder })).stdout
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name))
  return { save, call, read }
}

const note = (missing: string | undefined): string => (missing === undefined ? '' : ` (skipped: ${missing})`)

describe.skipIf(reason !== undefined)(`a bundle, judged by openssl${note(reason)}`, () => {
  it.each(['p7b', 'cer'])('in format %s holds root, intermediate and leaf', async (format) => {
    const { save, call } = setup()
    await save(format, 'bundle')
    const printed = await call('openssl', 'pkcs7', '-in', 'bundle', '-print_certs', '-noout')
    expect(printed.match(/(?<=subject=.*CN ?= ?)[^ =].*/g)).toEqual([
      'DigiCert Global Root CA',
      'DigiCert SHA2 Secure Server CA',
      '*.wild.example.net',
    ])
  })

  it('holds a leaf that verifies against its other two', async () => {
    const { save, call } = setup()
    await save('p7b', 'bundle')
    await call('openssl', 'pkcs7', '-in', 'bundle', '-print_certs', '-out', 'all.pem')
    await save('pem_nointermediate', 'leaf.pem')
    expect(await call('openssl', 'verify', '-CAfile', 'all.pem', 'leaf.pem')).toBe('leaf.pem: OK\n')
  })
})

describe('a zip file', () => {
  it.each([
    ['default', ['root.crt', 'intermediate.crt', '__wild_example_net.crt']],
    ['default_cer', ['root.cer', 'intermediate.cer', '__wild_example_net.cer']],
    ['apache', ['intermediate.crt', '__wild_example_net.crt']],
  ])('in format %s is whole and holds %j', async (format, files) => {
    const { save, call, read } = setup()
    await save(format, 'files.zip')
    const entries = readZip(await read('files.zip'))
    expect(entries.map(({ name }) => name)).toEqual(files)
    const [leaf, issuer] = entries.toReversed().map(({ content }) => new X509Certificate(content))
    expect(leaf!.checkIssued(issuer!)).toBe(true)
    expect(leaf!.subject).toContain('CN=*.wild.example.net')
    // No system has to have it, but where it is it has its say.
    if (!isInstalled('unzip')) return
    expect(await call('unzip', '-t', 'files.zip')).toContain('No errors detected')
    expect((await call('unzip', '-Z1', 'files.zip')).trim().split('\n')).toEqual(files)
  })

  it('has the same times in every time zone', async () => {
    const before = process.env['TZ']
    const { save, read } = setup({ seed: 'zones' })
    try {
      process.env['TZ'] = zone
      await save('default', 'there.zip')
      process.env['TZ'] = 'America/Los_Angeles'
      await save('default', 'here.zip')
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
    expect(await read('there.zip')).toEqual(await read('here.zip'))
    const noonOfNewYear2000 = 0x28216000 // 20 years after 1980, month 1, day 1, hour 12
    expect(readZip(await read('here.zip')).map(({ dosTime }) => dosTime)).toEqual(Array(3).fill(noonOfNewYear2000))
  })
})
