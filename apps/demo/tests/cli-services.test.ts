import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTwins, listenTwins, type Twins } from '../src/twins.ts'
import { newFolder, parseReceipt, processTimeoutMs, runDemoProcess } from './demo-process.ts'

describe('the demo, with services on ports', { timeout: processTimeoutMs }, () => {
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
    expect((await runDemoProcess([], { ...urls, ...secrets })).status).toBe(0)
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
    const { status } = await runDemoProcess(
      ['--digicert-key-file', '-', '--target', 'staging'],
      environment,
      'MOCKKEYADMIN\n',
    )
    expect(status).toBe(0)
  })

  it('exits 2 when a secret is missing, and names where to put it', async () => {
    const { urls } = await setup()
    const { status, stderr } = await runDemoProcess([], urls)
    const sentence = 'The DigiCert API key is missing: set DIGICERT_API_KEY or give --digicert-key-file.\n'
    expect([status, stderr]).toEqual([2, sentence])
  })

  it('goes on from where a run with the same key stopped, and duplicates nothing', async () => {
    const { twins, urls } = await setup()
    const folder = newFolder()
    const args = ['--order', '112233', '--common-name', 'example.com', '--out', folder]
    expect((await runDemoProcess(args, { ...urls, ...secrets })).status).toBe(3)
    expect((await runDemoProcess([...args, '--approve'], { ...urls, ...secrets })).status).toBe(0)
    expect((await runDemoProcess([...args, '--approve'], { ...urls, ...secrets })).status).toBe(0)
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
    expect((await runDemoProcess(['--out', folder, '--target', 'staging'], { ...urls, ...secrets })).status).toBe(0)
    const key = join(folder, 'private-key.pem')
    const again = await runDemoProcess(['--key', key, '--target', 'production', '--json'], { ...urls, ...secrets })
    expect(again.status).toBe(1)
    expect(again.stderr).toContain('It was uploaded before: name its id with --certificate.')
    expect(created(twins)).toEqual(['requestDuplicate', 'createCertificate', 'createDeploymentTask'])
  })

  it('adds a version to a certificate with --certificate', async () => {
    const { twins, urls } = await setup()
    const args = ['--certificate', '642c1dc50000000000000a03', '--target', 'staging', '--json']
    const { stdout, status } = await runDemoProcess(args, { ...urls, ...secrets })
    expect(status).toBe(0)
    expect(parseReceipt(stdout)).toMatchObject({ uploaded: { certificateId: '642c1dc50000000000000a03', version: 2 } })
    expect(created(twins)).toEqual(['requestDuplicate', 'updateCertificate', 'createDeploymentTask'])
  })

  it('never prints a secret, also when a call is refused', async () => {
    const { urls } = await setup()
    const canary = 'CANARY-secret'
    const { status, stdout, stderr } = await runDemoProcess([], {
      ...urls,
      DIGICERT_API_KEY: canary,
      CDNPRO_API_KEY: canary,
    })
    expect(status).toBe(1)
    expect(stderr).toContain('access_denied_invalid_key')
    expect(stdout + stderr).not.toContain(canary)
  })

  it('waits for the task of an earlier run, and keeps its receipt whole', async () => {
    const { twins, urls } = await setup()
    const folder = newFolder()
    const receipt = join(folder, 'receipt.json')
    expect((await runDemoProcess(['--out', folder, '--target', 'staging'], { ...urls, ...secrets })).status).toBe(0)
    const { deployments, ...rest } = parseReceipt(readFileSync(receipt, 'utf8'))
    const [openTask] = deployments as unknown[]
    writeFileSync(receipt, JSON.stringify({ ...rest, deployments: [], openTask }))
    expect((await runDemoProcess(['--out', folder, '--target', 'staging'], { ...urls, ...secrets })).status).toBe(0)
    expect(parseReceipt(readFileSync(receipt, 'utf8'))).toEqual({ ...rest, deployments })
    expect(created(twins)).toEqual(['requestDuplicate', 'createCertificate', 'createDeploymentTask'])
  })

  it('writes over no receipt of something else', async () => {
    const { urls } = await setup()
    const folder = newFolder()
    const args = ['--out', folder, '--target', 'staging']
    await runDemoProcess(args, { ...urls, ...secrets })
    const before = readFileSync(join(folder, 'receipt.json'), 'utf8')
    for (const attempt of [
      runDemoProcess(args),
      runDemoProcess([...args, '--order', '112233', '--common-name', 'example.com'], { ...urls, ...secrets }),
    ]) {
      const { status, stderr } = await attempt
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/^The folder of --out holds the receipt of order 1234567 at /),
      ])
    }
    expect(readFileSync(join(folder, 'receipt.json'), 'utf8')).toBe(before)
  })

  it('trusts no receipt without its key', async () => {
    const { urls } = await setup()
    const folder = newFolder()
    const args = ['--out', folder, '--target', 'staging']
    await runDemoProcess(args, { ...urls, ...secrets })
    rmSync(join(folder, 'private-key.pem'))
    rmSync(join(folder, 'request.csr'))
    const { status, stderr } = await runDemoProcess(args, { ...urls, ...secrets })
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^The receipt in the folder of --out is for another private key/),
    ])
  })

  it.each(['{', '{}', '{"place":"x","orderId":1,"deployments":[],"duplicate":{"chain":["x"]}}'])(
    'says that a receipt is damaged: %s',
    async (text) => {
      const { urls } = await setup()
      const folder = newFolder()
      writeFileSync(join(folder, 'receipt.json'), text)
      const { status, stderr } = await runDemoProcess(['--out', folder], { ...urls, ...secrets })
      expect(status).toBe(2)
      expect(stderr).toBe(
        `${join(folder, 'receipt.json')} is damaged: move it away, and the run looks for its duplicate by key.\n`,
      )
    },
  )
})

describe('the demo, with services beyond this machine', { timeout: processTimeoutMs }, () => {
  const environment = {
    DIGICERT_BASE_URL: 'http://digicert.invalid/services/v2',
    CDNPRO_BASE_URL: 'http://cdnpro.invalid',
    CDNPRO_USERNAME: 'somebody',
    DIGICERT_API_KEY: 'a',
    CDNPRO_API_KEY: 'b',
  }

  it('is taken for one already when one of the two services is', async () => {
    const { status, stderr } = await runDemoProcess([], { ...environment, CDNPRO_BASE_URL: 'http://127.0.0.1:9' })
    expect([status, stderr]).toEqual([2, 'Say with --out FOLDER where the new private key is to be kept.\n'])
  })

  it('wants a folder for the new key', async () => {
    const { status, stderr } = await runDemoProcess([], environment)
    expect([status, stderr]).toEqual([2, 'Say with --out FOLDER where the new private key is to be kept.\n'])
  })

  it('asks before the first change, and does nothing where nobody is there', async () => {
    const { status, stderr } = await runDemoProcess(['--out', newFolder()], environment)
    expect(status).toBe(2)
    expect(stderr).toBe(
      'This duplicates order 1234567 and deploys to staging and production: DigiCert at ' +
        'http://digicert.invalid/services/v2, CDN Pro at http://cdnpro.invalid as somebody. ' +
        'Nobody is there to ask: repeat the command with --yes.\n',
    )
  })
})
