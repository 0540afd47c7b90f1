import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { jsonBlocks, passage, readVendorPage } from './vendor-page.ts'

// Every example of the two pages, read from the page and replayed.

const digicertPage = readVendorPage('digicert-duplicate-certificate.txt')
const cdnproPage = readVendorPage('cdnpro-certificate-version.txt')

function setupDigicert() {
  const mock = createDigicertMock({ clock: createManualClock('2019-07-01T10:00:00Z') })
  const request = async (orderId: number, body: unknown): Promise<Response> =>
    mock.fetch(
      new Request(`https://www.digicert.com/services/v2/order/certificate/${orderId}/duplicate`, {
        method: 'POST',
        headers: { 'X-DC-DEVKEY': mock.accounts[0].apiKey, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  return { mock, request }
}

/** The body of the page's curl sample. */
function documentedRequest(): { certificate: Record<string, unknown> } {
  const command = passage(digicertPage, 'curl -X POST', "}'")
  return JSON.parse(command.slice(command.indexOf("-d '") + 4, command.lastIndexOf("'"))) as never
}

describe('the examples of the DigiCert page', () => {
  it('answers the documented request with the documented request number, to the letter', async () => {
    const { request } = setupDigicert()
    const response = await request(112233, documentedRequest())
    expect(response.status).toBe(201)
    expect(await response.text()).toBe(JSON.stringify(jsonBlocks(digicertPage)[0]))
  })

  it('answers with the documented chain, real PEM in the place of the placeholder', async () => {
    const { request } = setupDigicert()
    const body = documentedRequest()
    const certificate = { ...body.certificate, common_name: 'www.digicert.com', dns_names: ['digicert.com'] }
    const response = await request(1234567, { certificate })
    expect(response.status).toBe(201)
    const text = await response.text()
    expect(text.match(/"-----BEGIN CERTIFICATE-----[^"]*-----END CERTIFICATE-----\\r\\n"/g)).toHaveLength(3)
    const withPlaceholder = text.replaceAll(/"-----BEGIN [^"]*"/g, '"<pem_encoded_certificate>"')
    expect(withPlaceholder).toBe(JSON.stringify(jsonBlocks(digicertPage)[1]))
  })

  it('gives the client both answers as states', async () => {
    const { mock } = setupDigicert()
    const client = createDigicertClient({ apiKey: mock.accounts[0].apiKey, fetch: mock.fetch })
    const body = documentedRequest() as Parameters<typeof client.duplicates.create>[1]
    expect(await client.duplicates.create(112233, body)).toEqual({
      state: 'pending',
      ...(jsonBlocks(digicertPage)[0] as object),
    })
  })
})

function setupCdnPro() {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createCdnProMock({ clock })
  const [{ username, apiKey }] = mock.accounts
  return { client: createCdnProClient({ username, apiKey, fetch: mock.fetch, now: clock.now }) }
}

/** The rows of the page's error table: code, message and status run together there. */
function documentedErrors(): { code: string; message: string; status: number }[] {
  const rows = cdnproPage.lines.map((line) => /^(InvalidCert[A-Z][a-z]+?)(The .*\.)(\d{3})/.exec(line))
  return rows.flatMap((row) => (row === null ? [] : { code: row[1]!, message: row[2]!, status: Number(row[3]) }))
}

describe('the examples of the CDN Pro page', () => {
  it('describes the documented version with the documented values in the documented order', async () => {
    const { client } = setupCdnPro()
    const version = await client.versions.get('9fddeb2fea3ed5b52d89d81d', 1)
    expect(JSON.stringify(version)).toBe(JSON.stringify(jsonBlocks(cdnproPage)[0]))
  })

  it.each([
    ['000000000000000000000000', 1],
    ['9fddeb2fea3ed5b52d89d81d', 999],
  ])('answers certificate %s version %i with a row of the error table', async (certificateId, version) => {
    const { client } = setupCdnPro()
    const row = documentedErrors()[version === 1 ? 0 : 1]!
    await expect(client.versions.get(certificateId, version)).rejects.toMatchObject({
      status: row.status,
      vendorErrors: [{ code: row.code, message: row.message }],
    })
  })

  it('finds two rows in the error table', () => {
    expect(documentedErrors().map(({ code, status }) => [code, status])).toEqual([
      ['InvalidCertId', 404],
      ['InvalidCertVersion', 404],
    ])
  })
})
