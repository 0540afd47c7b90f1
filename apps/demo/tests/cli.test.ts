import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, parseReceipt, processTimeoutMs, runDemoProcess } from './demo-process.ts'

function key(type: 'rsa' | 'ec'): string {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('the demo, with twins in its process', { timeout: processTimeoutMs }, () => {
  it('duplicates, deploys and verifies, and ends with a receipt', async () => {
    const { status, stdout, stderr } = await runDemoProcess([])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('✓ Certificate 987654321 for www.digicert.com is issued, and its key is ours.')
    expect(stdout).toContain('✓ The certificate that is live in staging is the one that was issued.')
    expect(stdout).toContain('✓ The certificate that is live in production is the one that was issued.')
    expect(stdout).toMatch(/\nReceipt\n {2}order {8}1234567\n {2}certificate {2}987654321, serial [0-9a-f]+\n/)
    expect(stdout).toMatch(/\n {2}SHA-1 {8}[0-9a-f]{40}\n {2}SHA-256 {6}[0-9a-f]{64}\n/)
  })

  it('prints the receipt alone with --json', async () => {
    const { status, stdout } = await runDemoProcess(['--json', '--target', 'staging'])
    expect(status).toBe(0)
    expect(parseReceipt(stdout)).toMatchObject({
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
    const { status, stderr } = await runDemoProcess(['--order', '112233', '--common-name', 'example.com'])
    expect(status).toBe(3)
    expect(stderr).toContain('Request 332211 waits for an approval by an administrator or a manager.')
    expect(stderr).toContain('Known to have happened:\n  order        112233\n  request      332211\n')
  })

  it('prints the receipt so far with --json when an approval is needed', async () => {
    const { status, stdout } = await runDemoProcess(['--order', '112233', '--common-name', 'example.com', '--json'])
    expect(status).toBe(3)
    expect(parseReceipt(stdout)).toEqual({ orderId: 112233, requestId: 332211, deployments: [] })
  })

  it('approves with --approve and finds the new certificate by its key', async () => {
    const { status, stdout } = await runDemoProcess(['--order', '112233', '--common-name', 'example.com', '--approve'])
    expect(status).toBe(0)
    expect(stdout).toContain('✓ Request 332211 is approved.')
    expect(stdout).toContain('is issued, and its key is ours.')
  })

  it('exits 3 when the order waits for validation', async () => {
    const { status, stderr } = await runDemoProcess(['--order', '100009', '--common-name', 'hold.example.net'])
    expect(status).toBe(3)
    expect(stderr).toContain('The duplicate is requested and not issued yet.')
  })

  it('exits 1 and says what is known when a step fails', async () => {
    const { status, stderr } = await runDemoProcess(['--order', '100007', '--common-name', 'expired.example.net'])
    expect(status).toBe(1)
    expect(stderr).toBe(
      '\nrequestDuplicate failed: status 400, order_is_expired (The order is expired).\n\n' +
        'Known to have happened:\n  order        100007\n',
    )
  })

  it('does nothing with --dry-run but say what it would do', async () => {
    const folder = join(newFolder(), 'out')
    const { status, stdout } = await runDemoProcess(['--dry-run', '--out', folder, '--certificate', 'abc'])
    expect(status).toBe(0)
    expect(stdout).toContain('2. upload it to CDN Pro as a version of abc')
    expect(stdout).toMatch(/Nothing was done\.\n$/)
    expect(existsSync(folder)).toBe(false)
  })

  it('goes on when the reader of its output goes away', async () => {
    const folder = join(newFolder(), 'out')
    const { stderr } = await runDemoProcess(['--out', folder, '--target', 'staging'], {}, '', 'head -1')
    expect(stderr).toBe('')
    expect(parseReceipt(readFileSync(join(folder, 'receipt.json'), 'utf8'))).toMatchObject({
      deployments: [{ target: 'staging' }],
    })
  })

  it('closes a folder and a key that others could read, and never writes the key anew', async () => {
    const folder = newFolder()
    const first = join(folder, 'private-key.pem')
    writeFileSync(first, key('ec'), { mode: 0o644 })
    chmodSync(folder, 0o777)
    const before = readFileSync(first, 'utf8')
    expect((await runDemoProcess(['--out', folder, '--target', 'staging'])).status).toBe(0)
    expect([statSync(folder).mode & 0o777, statSync(first).mode & 0o777]).toEqual([0o700, 0o600])
    expect(readFileSync(first, 'utf8')).toBe(before)
  })

  it('takes the same key in another form for the same', async () => {
    const folder = newFolder()
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const file = join(folder, 'sec1.pem')
    writeFileSync(file, privateKey.export({ type: 'sec1', format: 'pem' }))
    const args = ['--key', file, '--out', join(folder, 'out'), '--target', 'staging']
    expect((await runDemoProcess(args)).status).toBe(0)
    expect((await runDemoProcess(args)).status).toBe(0)
  })

  it('keeps key, signing request and receipt for the owner alone', async () => {
    const folder = join(newFolder(), 'out')
    expect((await runDemoProcess(['--out', folder, '--target', 'staging'])).status).toBe(0)
    expect(readdirSync(folder).toSorted()).toEqual(['private-key.pem', 'receipt.json', 'request.csr'])
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(parseReceipt(readFileSync(join(folder, 'receipt.json'), 'utf8'))).toMatchObject({
      place: 'twins in this process',
    })
  })
})

describe('the demo, with what the user brings', { timeout: processTimeoutMs }, () => {
  const write = (name: string, text: string): string => {
    const file = join(newFolder(), name)
    writeFileSync(file, text)
    return file
  }

  it.each(['rsa', 'ec'] as const)('uses a key of the user: %s', async (type) => {
    const { status, stdout } = await runDemoProcess(['--key', write('key.pem', key(type)), '--target', 'staging'])
    expect(status).toBe(0)
    expect(stdout).toContain('its key is ours')
  })

  it('takes names, hash and platform', async () => {
    const options = ['--order', '100002', '--common-name', 'a.example.net', '--dns-name', 'b.example.org']
    const { stdout } = await runDemoProcess([
      ...options,
      '--signature-hash',
      'sha512',
      '--platform',
      '45',
      '--json',
      '--target',
      'staging',
    ])
    expect(parseReceipt(stdout)).toMatchObject({
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
    const { status, stdout, stderr } = await runDemoProcess(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
  })

  it('exits 2 when the private key is of a kind that nobody takes', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const file = write('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    const { status, stderr } = await runDemoProcess(['--key', file])
    const sentence =
      'The private key is of a kind that DigiCert does not take: give an RSA key, or an EC key on P-256 or P-384.\n'
    expect([status, stderr]).toEqual([2, sentence])
  })

  it('exits 2 when the private key is none', async () => {
    const { status, stderr } = await runDemoProcess(['--key', write('key.pem', 'no key')])
    expect([status, stderr]).toEqual([2, 'The private key cannot be read: give an unencrypted PEM file.\n'])
  })

  it('exits 2 when key and signing request do not belong together', async () => {
    const folder = newFolder()
    await runDemoProcess(['--out', folder, '--target', 'staging'])
    const args = ['--key', write('key.pem', key('ec')), '--csr', join(folder, 'request.csr')]
    const { status, stderr } = await runDemoProcess(args)
    const sentence = 'The signing request is for another key: give the private key that it was made with.\n'
    expect([status, stderr]).toEqual([2, sentence])
  })
})
