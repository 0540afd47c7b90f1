import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTwins, listenTwins, type Twins } from './twins.ts'

// The command as a person runs it: a process of its own.

/** A process takes half a second to start, and several of them on a busy machine longer. */
const timeout = 60_000

interface Run {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

function demo(args: readonly string[], environment: Record<string, string> = {}, input = ''): Promise<Run> {
  const cli = join(import.meta.dirname, 'cli.ts')
  const { PATH, HOME } = process.env
  return new Promise((resolve) => {
    const env = { PATH, HOME, ...environment }
    const child = execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
    child.stdin!.end(input)
  })
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'certtwin-demo-'))
const readJson = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

describe('the demo, with twins in its process', { timeout }, () => {
  it('duplicates, deploys and verifies, and ends with a receipt', async () => {
    const { status, stdout, stderr } = await demo([])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('✓ Certificate 987654321 for www.digicert.com is issued, and its key is ours.')
    expect(stdout).toContain('✓ The certificate that is live in staging is the one that was issued.')
    expect(stdout).toContain('✓ The certificate that is live in production is the one that was issued.')
    expect(stdout).toMatch(/\nReceipt\n {2}order {8}1234567\n {2}certificate {2}987654321, serial [0-9a-f]+\n/)
  })

  it('prints the receipt alone with --json', async () => {
    const { status, stdout } = await demo(['--json', '--target', 'staging'])
    expect(status).toBe(0)
    expect(readJson(stdout)).toMatchObject({
      orderId: 1234567,
      duplicate: {
        certificateId: 987654321,
        commonName: 'www.digicert.com',
        dnsNames: ['www.digicert.com', 'digicert.com'],
      },
      uploaded: { version: 1 },
      deployments: [{ target: 'staging' }],
    })
  })

  it('exits 3 and names the request when an approval is needed', async () => {
    const { status, stderr } = await demo(['--order', '112233', '--common-name', 'example.com'])
    expect(status).toBe(3)
    expect(stderr).toContain('Request 332211 waits for an approval by an administrator or a manager.')
    expect(stderr).toContain('Known to have happened:\n  order        112233\n  request      332211\n')
  })

  it('prints the receipt so far with --json when an approval is needed', async () => {
    const { status, stdout } = await demo(['--order', '112233', '--common-name', 'example.com', '--json'])
    expect(status).toBe(3)
    expect(readJson(stdout)).toEqual({ orderId: 112233, requestId: 332211, deployments: [] })
  })

  it('approves with --approve and finds the new certificate by its key', async () => {
    const { status, stdout } = await demo(['--order', '112233', '--common-name', 'example.com', '--approve'])
    expect(status).toBe(0)
    expect(stdout).toContain('✓ Request 332211 is approved.')
    expect(stdout).toContain('is issued, and its key is ours.')
  })

  it('exits 3 when the order waits for validation', async () => {
    const { status, stderr } = await demo(['--order', '100009', '--common-name', 'hold.example.net'])
    expect(status).toBe(3)
    expect(stderr).toContain('The duplicate is requested and not issued yet.')
  })

  it('exits 1 and says what is known when a step fails', async () => {
    const { status, stderr } = await demo(['--order', '100007', '--common-name', 'expired.example.net'])
    expect(status).toBe(1)
    expect(stderr).toBe(
      '\nrequestDuplicate failed: status 400, order_is_expired (The order is expired.).\n\n' +
        'Known to have happened:\n  order        100007\n',
    )
  })

  it('does nothing with --dry-run but say what it would do', async () => {
    const folder = join(newFolder(), 'out')
    const { status, stdout } = await demo(['--dry-run', '--out', folder, '--certificate', 'abc'])
    expect(status).toBe(0)
    expect(stdout).toContain('2. upload it to CDN Pro as a version of abc')
    expect(stdout).toMatch(/Nothing was done\.\n$/)
    expect(existsSync(folder)).toBe(false)
  })

  it('keeps key, signing request and receipt for the owner alone', async () => {
    const folder = join(newFolder(), 'out')
    expect((await demo(['--out', folder, '--target', 'staging'])).status).toBe(0)
    expect(readdirSync(folder).toSorted()).toEqual(['private-key.pem', 'receipt.json', 'request.csr'])
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readJson(readFileSync(join(folder, 'receipt.json'), 'utf8'))).toMatchObject({
      place: 'twins in this process',
    })
  })
})

describe('the demo, with what the user brings', { timeout }, () => {
  const key = (type: 'rsa' | 'ec'): string => {
    const { privateKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-384' })
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
  const write = (name: string, text: string): string => {
    const file = join(newFolder(), name)
    writeFileSync(file, text)
    return file
  }

  it.each(['rsa', 'ec'] as const)('uses a key of the user: %s', async (type) => {
    const { status, stdout } = await demo(['--key', write('key.pem', key(type)), '--target', 'staging'])
    expect(status).toBe(0)
    expect(stdout).toContain('its key is ours')
  })

  it('takes names, hash and platform', async () => {
    const options = ['--order', '100002', '--common-name', 'a.example.net', '--dns-name', 'b.example.org']
    const { stdout } = await demo([
      ...options,
      '--signature-hash',
      'sha512',
      '--platform',
      '45',
      '--json',
      '--target',
      'staging',
    ])
    expect(readJson(stdout)).toMatchObject({
      duplicate: { commonName: 'a.example.net', dnsNames: ['a.example.net', 'b.example.org'] },
    })
  })

  it.each([
    [['--nope'], "error: unknown option '--nope'"],
    [['surplus'], 'error: too many arguments'],
    [['--order', 'x'], 'Give a positive whole number.'],
    [['--wait', '10'], 'Give a number with a unit, such as 90s, 10m or 1h.'],
    [['--target', 'moon'], 'Allowed choices are staging, production, both.'],
    [['--order', '112233'], 'Name the certificate of order 112233 with --common-name.'],
    [['--csr', 'x'], '--csr needs --key: CDN Pro takes a certificate together with its private key.'],
    [['--key', '/nowhere'], 'Cannot read the private key from /nowhere: there is no such file.'],
    [['--digicert-url', 'http://127.0.0.1:1'], 'Give both --digicert-url and --cdnpro-url'],
  ])('exits 2 with one clear sentence for %j', async (args, sentence) => {
    const { status, stdout, stderr } = await demo(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
  })

  it('exits 2 when the private key is none', async () => {
    const { status, stderr } = await demo(['--key', write('key.pem', 'no key')])
    expect([status, stderr]).toEqual([2, 'The private key cannot be read: give an unencrypted PEM file.\n'])
  })

  it('exits 2 when key and signing request do not belong together', async () => {
    const folder = newFolder()
    await demo(['--out', folder, '--target', 'staging'])
    const args = ['--key', write('key.pem', key('ec')), '--csr', join(folder, 'request.csr')]
    const { status, stderr } = await demo(args)
    const sentence = 'The signing request is for another key: give the private key that it was made with.\n'
    expect([status, stderr]).toEqual([2, sentence])
  })
})

describe('the demo, with services on ports', { timeout }, () => {
  const closers: (() => Promise<void>)[] = []
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()))
  })

  async function setup(): Promise<{ twins: Twins; urls: Record<string, string> }> {
    const twins = createTwins('at-once')
    const { digicert, cdnpro } = await listenTwins(twins, { digicertPort: 0, cdnproPort: 0 })
    closers.push(digicert.close, cdnpro.close)
    const urls = {
      DIGICERT_BASE_URL: `${digicert.url}/services/v2`,
      CDNPRO_BASE_URL: cdnpro.url,
      CDNPRO_USERNAME: 'example_username',
    }
    return { twins, urls }
  }
  const secrets = { DIGICERT_API_KEY: 'MOCKKEYADMIN', CDNPRO_API_KEY: 'example_apiKey' }
  const created = ({ digicert, cdnpro }: Twins): string[] =>
    [...digicert.requests, ...cdnpro.requests]
      .filter(({ status }) => status === 201)
      .map(({ operation }) => String(operation))

  it('takes addresses, account and secrets from the environment', async () => {
    const { twins, urls } = await setup()
    expect((await demo([], { ...urls, ...secrets })).status).toBe(0)
    expect(created(twins)).toEqual([
      'requestDuplicate',
      'createCertificate',
      'createDeploymentTask',
      'createDeploymentTask',
    ])
  })

  it('takes a secret from standard input', async () => {
    const { urls } = await setup()
    const environment = { ...urls, CDNPRO_API_KEY: 'example_apiKey' }
    const { status } = await demo(['--digicert-key-file', '-', '--target', 'staging'], environment, 'MOCKKEYADMIN\n')
    expect(status).toBe(0)
  })

  it('exits 2 when a secret is missing, and names where to put it', async () => {
    const { urls } = await setup()
    const { status, stderr } = await demo([], urls)
    const sentence = 'The DigiCert API key is missing: set DIGICERT_API_KEY or give --digicert-key-file.\n'
    expect([status, stderr]).toEqual([2, sentence])
  })

  it('goes on from where a run with the same key stopped, and duplicates nothing', async () => {
    const { twins, urls } = await setup()
    const folder = newFolder()
    const args = ['--order', '112233', '--common-name', 'example.com', '--out', folder]
    expect((await demo(args, { ...urls, ...secrets })).status).toBe(3)
    expect((await demo([...args, '--approve'], { ...urls, ...secrets })).status).toBe(0)
    expect((await demo([...args, '--approve'], { ...urls, ...secrets })).status).toBe(0)
    expect(created(twins)).toEqual([
      'requestDuplicate',
      'createCertificate',
      'createDeploymentTask',
      'createDeploymentTask',
    ])
  })

  it('finds its duplicate by the key alone where the receipt is lost', async () => {
    const { twins, urls } = await setup()
    const folder = newFolder()
    expect((await demo(['--out', folder, '--target', 'staging'], { ...urls, ...secrets })).status).toBe(0)
    const key = join(folder, 'private-key.pem')
    const again = await demo(['--key', key, '--target', 'production', '--json'], { ...urls, ...secrets })
    expect(again.status).toBe(1)
    expect(again.stderr).toContain('It was uploaded before: name its id with --certificate.')
    expect(created(twins)).toEqual(['requestDuplicate', 'createCertificate', 'createDeploymentTask'])
  })

  it('adds a version to a certificate with --certificate', async () => {
    const { twins, urls } = await setup()
    const args = ['--certificate', '642c1dc50000000000000a03', '--target', 'staging', '--json']
    const { stdout, status } = await demo(args, { ...urls, ...secrets })
    expect(status).toBe(0)
    expect(readJson(stdout)).toMatchObject({ uploaded: { certificateId: '642c1dc50000000000000a03', version: 2 } })
    expect(created(twins)).toEqual(['requestDuplicate', 'updateCertificate', 'createDeploymentTask'])
  })

  it('never prints a secret, also when a call is refused', async () => {
    const { urls } = await setup()
    const canary = 'CANARY-secret'
    const { status, stdout, stderr } = await demo([], { ...urls, DIGICERT_API_KEY: canary, CDNPRO_API_KEY: canary })
    expect(status).toBe(1)
    expect(stderr).toContain('access_denied_invalid_key')
    expect(stdout + stderr).not.toContain(canary)
  })
})

describe('the demo, with services beyond this machine', { timeout }, () => {
  const environment = {
    DIGICERT_BASE_URL: 'http://digicert.invalid/services/v2',
    CDNPRO_BASE_URL: 'http://cdnpro.invalid',
    CDNPRO_USERNAME: 'somebody',
    DIGICERT_API_KEY: 'a',
    CDNPRO_API_KEY: 'b',
  }

  it('wants a folder for the new key', async () => {
    const { status, stderr } = await demo([], environment)
    expect([status, stderr]).toEqual([2, 'Say with --out FOLDER where the new private key is to be kept.\n'])
  })

  it('asks before the first change, and does nothing where nobody is there', async () => {
    const { status, stderr } = await demo(['--out', newFolder()], environment)
    expect(status).toBe(2)
    expect(stderr).toBe(
      'This duplicates order 1234567 and deploys to staging and production: DigiCert at ' +
        'http://digicert.invalid/services/v2, CDN Pro at http://cdnpro.invalid as somebody. ' +
        'Nobody is there to ask: repeat the command with --yes.\n',
    )
  })
})
