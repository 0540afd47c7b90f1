import { createManualClock } from '@certtwin/mock-kit'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CdnProMock, createCdnProMock } from './mock.ts'
import { basic, encryptKey, makeCertificate, origin, sign } from './test-client.ts'

const now = 'Tue, 04 Apr 2023 12:53:25 GMT'
const certificate = makeCertificate()

function setup(): CdnProMock {
  return createCdnProMock({ clock: createManualClock(now), seed: 'test' })
}

interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

const signed = { date: now, authorization: basic('example_username', sign('example_apiKey', now)) }

/** What is wrong with the answer to a request; for any request: a 5xx, another shape than the vendor's two, a change where it was refused. */
async function complaintAbout({ method, path, headers, body }: Sent): Promise<string | undefined> {
  const { fetch, snapshot } = setup()
  const memory = (): string => JSON.stringify(snapshot().tables)
  const before = memory()
  const request = new Request(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  const response = await fetch(request)
  const text = await response.text()
  if (response.status >= 500) return `${response.status}: ${text}`
  const after = memory() // whatever was taken can be shown
  if (response.status < 300) return undefined
  const keys = method === 'HEAD' ? 'code,message' : Object.keys(JSON.parse(text) as object).join()
  if (!['code,message', 'status,result'].includes(keys)) return `another shape: ${text}`
  if (/\.ts:\d|node:|at .*\(/.test(text)) return `a trace: ${text}`
  return after === before ? undefined : `a change, though it answered ${text}`
}

const id = fc.constantFrom('642c1dc50000000000000a02', '9fddeb2fea3ed5b52d89d81d', 'x', '%', '%ff', '..', '%00')
const segment = fc.oneof(
  id,
  fc.webSegment(),
  fc.constantFrom('cdn', 'certificates', 'versions', 'deploymentTasks', '1'),
)
const knownPath = fc.oneof(
  fc.constant('/cdn/certificates'),
  fc.constant('/cdn/deploymentTasks'),
  id.map((value) => `/cdn/certificates/${value}`),
  fc.tuple(id, fc.webSegment()).map(([value, version]) => `/cdn/certificates/${value}/versions/${version}`),
  fc.constantFrom('/cdn/validations', '/cdn/properties/642c1dc50000000000000b01/versions'),
  id.map((value) => `/cdn/hostnames/${value}`),
  id.map((value) => `/cdn/validations/${value}`),
  fc.tuple(id, fc.webSegment()).map(([value, version]) => `/cdn/properties/${value}/versions/${version}`),
)
const anyPath = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)
const path = fc
  .tuple(fc.oneof(knownPath, anyPath), fc.webQueryParameters())
  .map(([value, query]) => `${value}?${query}`)
const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD')

test('any path, query and method with a right signature', async () => {
  await fc.assert(
    fc.asyncProperty(method, path, async (method_, path_) => {
      expect(await complaintAbout({ method: method_, path: path_, headers: signed, body: undefined })).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

const headerText = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.trim())

test('any credentials and dates', async () => {
  const headers = fc.record({
    authorization: fc.oneof(
      headerText,
      headerText.map((text) => `Basic ${btoa(text)}`),
    ),
    date: fc.oneof(headerText, fc.constant(now)),
    'x-cnc-date': headerText,
  })
  await fc.assert(
    fc.asyncProperty(headers, async (sent) => {
      expect(
        await complaintAbout({
          method: 'GET',
          path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d',
          headers: sent,
          body: undefined,
        }),
      ).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

/** Bodies that get further than noise does: members with the right names, and values among which right ones occur. */
const pem = fc.oneof(
  fc.constantFrom(
    certificate.pem,
    certificate.keyPem,
    'GENERATE',
    '',
    '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----',
  ),
  fc.nat(certificate.pem.length).map((cut) => certificate.pem.slice(0, cut) + certificate.pem.slice(cut + 1)),
  fc.string(),
)
const key = fc.oneof(
  fc.constantFrom(encryptKey(certificate.keyPem, now), 'ECC256', ''),
  fc.string(),
  fc.string().map((text) => encryptKey(text, now)),
)
const some = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() })
const identificationInfo = fc.record(
  {
    commonName: some(fc.string()),
    subjectAlternativeNames: some(fc.array(fc.oneof(fc.domain(), fc.string()))),
    country: some(fc.string({ minLength: 2, maxLength: 2, unit: 'binary' })),
    company: some(fc.string({ unit: 'binary' })),
    email: some(fc.emailAddress()),
  },
  { requiredKeys: [] },
)
const certificateBody = fc.record(
  {
    name: some(fc.string()),
    description: some(fc.string()),
    autoRenew: some(fc.constantFrom('LE', 'Off', 'x')),
    newVersion: some(
      fc.record(
        { certificate: pem, privateKey: key, chainCert: pem, identificationInfo: some(identificationInfo) },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
)
const taskBody = fc.record(
  {
    target: some(fc.constantFrom('staging', 'production', 'x')),
    actions: some(
      fc.array(
        fc.record(
          {
            action: some(fc.constantFrom('deploy_cert', 'remove_cert', 'deploy_property', 'remove_property')),
            certificateId: some(id),
            propertyId: some(fc.constantFrom('642c1dc50000000000000b01', 'x')),
            version: some(fc.oneof(fc.nat(4), fc.string())),
          },
          { requiredKeys: [] },
        ),
      ),
    ),
  },
  { requiredKeys: [] },
)

const siteBody = fc.record(
  {
    propertyId: some(fc.constantFrom('642c1dc50000000000000b01', 'x')),
    version: some(fc.oneof(fc.nat(4), fc.string())),
    configs: some(fc.dictionary(fc.string(), fc.jsonValue())),
    tlsCertificateId: some(id),
    hostnames: some(fc.array(fc.string())),
  },
  { requiredKeys: [] },
)

test('any body', async () => {
  const body = fc.oneof(certificateBody, taskBody, siteBody, fc.jsonValue()).map((value) => JSON.stringify(value))
  const headers = { ...signed, 'content-type': 'application/json' }
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(body, fc.string()),
      knownPath,
      fc.constantFrom('POST', 'PATCH'),
      async (text, path_, method_) => {
        expect(await complaintAbout({ method: method_, path: path_, headers, body: text })).toBeUndefined()
      },
    ),
    { numRuns: 400 },
  )
})

test('any bytes in the place of a certificate', async () => {
  const headers = { ...signed, 'content-type': 'application/json' }
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc
      .tuple(fc.nat(certificate.der.length - 1), fc.nat(255))
      .map(([place, octet]) => certificate.der.with(place, octet)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (der) => {
      const text = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`
      const newVersion = { certificate: text, privateKey: encryptKey(certificate.keyPem, now), chainCert: text }
      const body = JSON.stringify({ name: 'x', newVersion })
      expect(await complaintAbout({ method: 'POST', path: '/cdn/certificates', headers, body })).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})
