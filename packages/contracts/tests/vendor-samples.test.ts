import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { afterEach, describe, expect, it } from 'vitest'
import { cannotRun, run } from './programs.ts'
import { jsonBlocks, passage, readVendorPage } from './vendor-page.ts'

// The vendors' own sample programs, taken from their pages at test time and executed. They read the wall clock, so these
// twins live on it too.

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function setup(mock: { listen: () => Promise<{ url: string; close: () => Promise<void> }> }): Promise<string> {
  const { url, close } = await mock.listen()
  closers.push(close)
  return url
}

/** What `curl -i` printed: the head of the answer, and its body. */
function splitAnswer(output: string): { head: string; body: string } {
  const [head = '', body = ''] = output.split('\r\n\r\n')
  return { head, body }
}

/** The bash sample of the CDN Pro page; only host, id and version are replaced. */
function bashSample(url: string, version: number): string {
  return passage(readVendorPage('cdnpro-certificate-version.txt'), '#!/bin/bash', '-H "Accept')
    .replace('https://open.chinanetcenter.com', url)
    .replace('{certificateID}', '9fddeb2fea3ed5b52d89d81d')
    .replace('{version}', String(version))
}

const reason = cannotRun('bash', 'curl', 'openssl')
const suite = reason === undefined ? 'run as printed' : `run as printed (skipped: ${reason})`

describe.skipIf(reason !== undefined)(`the vendors' samples, ${suite}`, () => {
  it('gets the documented version with the bash sample of the CDN Pro page', async () => {
    const url = await setup(createCdnProMock())
    const { stdout } = await run('bash', ['-c', bashSample(url, 1)])
    const { head, body } = splitAnswer(stdout)
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(body).toBe(JSON.stringify(jsonBlocks(readVendorPage('cdnpro-certificate-version.txt'))[0]))
  })

  it('gets the documented 404 for version 999 with the same sample', async () => {
    const url = await setup(createCdnProMock())
    const { head, body } = splitAnswer((await run('bash', ['-c', bashSample(url, 999)])).stdout)
    expect(head).toMatch(/^HTTP\/1\.1 404 /)
    const { lines } = readVendorPage('cdnpro-certificate-version.txt')
    const row = lines.find((line) => line.startsWith('InvalidCertVersion'))!
    const [, message] = /^InvalidCertVersion(.*)404/.exec(row)!
    expect(JSON.parse(body)).toEqual({ code: 'InvalidCertVersion', message })
  })

  it('gets 201 and the documented answer with the curl sample of the DigiCert page', async () => {
    const mock = createDigicertMock()
    const url = await setup(mock)
    const page = readVendorPage('digicert-duplicate-certificate.txt')
    const script = passage(page, 'curl -X POST', "}'")
      .replace('https://www.digicert.com', url)
      .replace('{{order_id}}', '112233')
      .replace('{{api_key}}', mock.accounts[0].apiKey)
      .replace('curl ', 'curl --silent --include ')
    const { head, body } = splitAnswer((await run('bash', ['-c', script])).stdout)
    expect(head).toMatch(/^HTTP\/1\.1 201 /)
    expect(head).toContain('\r\nContent-Type: application/json\r\n')
    expect(body).toBe(JSON.stringify(jsonBlocks(page)[0]))
  })
})
