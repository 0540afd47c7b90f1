import { createPublicKey, X509Certificate } from 'node:crypto'
import { parseCertificate, parsePem } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import { chainOf, csrOf, leafOf, member, privateKey, setup } from './test-world.ts'

describe('the certificate', () => {
  test.each(['rsa-2048', 'P-256', 'P-384'] as const)('carries the key of the caller, %s', async (kind) => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: 'multi.example.net', dns_names: [], csr: csrOf(kind) }, 100002)
    const expected = createPublicKey(privateKey(kind)).export({ type: 'spki', format: 'pem' })
    expect(leafOf(answer).publicKey.export({ type: 'spki', format: 'pem' })).toBe(expected)
  })

  test('is signed by the intermediate, which is signed by the root, which is self-signed', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: 'multi.example.net', dns_names: [] }, 100002)
    const [leaf, intermediate, root] = chainOf(answer).map((pem) => new X509Certificate(pem))
    expect(leaf!.verify(intermediate!.publicKey)).toBe(true)
    expect(intermediate!.verify(root!.publicKey)).toBe(true)
    expect(root!.verify(root!.publicKey)).toBe(true)
    expect(leaf!.checkIssued(intermediate!)).toBe(true)
    expect(root!.subject).toContain('O=Offline Mock')
  })

  test('is PEM with CRLF, 64 characters a line, and a CRLF after the footer', async () => {
    const { duplicate } = setup()
    for (const pem of chainOf(await duplicate({ common_name: 'multi.example.net', dns_names: [] }, 100002))) {
      expect(pem).toMatch(
        /^-----BEGIN CERTIFICATE-----\r\n([A-Za-z0-9+/]{64}\r\n)*[A-Za-z0-9+/=]{1,64}\r\n-----END CERTIFICATE-----\r\n$/,
      )
    }
  })

  test.each(['sha256', 'sha384', 'sha512', 'SHA512', 'SHA_384'])(
    'is signed with the hash asked for, %s',
    async (hash) => {
      const { duplicate } = setup()
      const answer = await duplicate({ common_name: 'multi.example.net', dns_names: [], signature_hash: hash }, 100002)
      const [block] = parsePem(chainOf(answer)[0]!)
      expect(parseCertificate(block!.der).signatureAlgorithm).toMatchObject({
        key: 'RSA',
        hash: hash.toLowerCase().replace('_', ''),
      })
    },
  )

  test('is valid for the common name and then the further names, each once', async () => {
    const { duplicate } = setup()
    const dnsNames = ['a.example.net', 'A.example.net.', 'multi.example.net', ' b.example.org']
    const answer = await duplicate({ common_name: 'multi.example.net', dns_names: dnsNames }, 100002)
    expect(leafOf(answer).subject).toBe('O=Example Org LLC\nCN=multi.example.net')
    expect(leafOf(answer).subjectAltName).toBe('DNS:multi.example.net, DNS:a.example.net, DNS:b.example.org')
  })

  test('takes the names of the original when none are given, and only the common name for an empty list', async () => {
    const { duplicate } = setup()
    const all = await duplicate({ common_name: 'a.example.net', dns_names: undefined }, 100002)
    expect(leafOf(all).subjectAltName).toBe('DNS:a.example.net, DNS:multi.example.net, DNS:b.example.org')
    const one = await duplicate({ common_name: 'a.example.net', dns_names: [] }, 100002)
    expect(leafOf(one).subjectAltName).toBe('DNS:a.example.net')
  })

  test('keeps the name that made way when another becomes the common name', async () => {
    const { duplicate } = setup()
    const top = { skip_approval: true }
    const answer = await duplicate({ common_name: 'sub.example.com', dns_names: undefined }, 112233, { top })
    expect(leafOf(answer).subjectAltName).toBe('DNS:sub.example.com, DNS:example.com')
  })

  test('begins and ends with the original, whole days in UTC', async () => {
    const { duplicate } = setup()
    const leaf = leafOf(await duplicate({ common_name: 'multi.example.net', dns_names: [] }, 100002))
    expect(leaf.validFromDate.toISOString()).toBe('2019-04-02T00:00:00.000Z')
    expect(leaf.validToDate.toISOString()).toBe('2020-04-01T23:59:59.000Z')
  })

  test('has a serial number of 16 bytes that no tool shortens', async () => {
    const { duplicate } = setup({ rateLimits: false })
    for (let count = 0; count < 20; count += 1) {
      const leaf = leafOf(await duplicate({ common_name: 'multi.example.net', dns_names: [] }, 100002))
      expect(leaf.serialNumber).toMatch(/^(0[1-9A-F]|[1-7][0-9A-F])[0-9A-F]{30}$/)
    }
  })

  test('of a code signing order may be asked for in another case', async () => {
    const { duplicate } = setup()
    const changes = { common_name: 'example org llc', dns_names: undefined, csr: csrOf('rsa-3072') }
    expect((await duplicate(changes, 100012)).status).toBe(201)
  })

  test('of a code signing order is for code signing and has no names', async () => {
    const { duplicate } = setup()
    const changes = { common_name: 'Example Org LLC', dns_names: undefined, csr: csrOf('rsa-3072') }
    const leaf = leafOf(await duplicate(changes, 100012))
    expect(leaf.subject).toBe('O=Example Org LLC\nCN=Example Org LLC')
    expect(leaf.subjectAltName).toBeUndefined()
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.3'])
  })

  test('of an order without organization validation names no organization', async () => {
    const { duplicate } = setup()
    expect(leafOf(await duplicate({ common_name: 'dv.example.net', dns_names: [] }, 100015)).subject).toBe(
      'CN=dv.example.net',
    )
  })
})

describe('forms of a CSR', () => {
  const pem = csrOf('P-256')
  const base64 = pem.replaceAll(/-----[^-]+-----|\n/g, '')
  test.each([
    ['PEM with LF', pem],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM without line breaks', pem.replaceAll('\n', '')],
    ['a NEW CERTIFICATE REQUEST', pem.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST')],
    ['bare base64', base64],
    [
      'bare base64 with the URL alphabet and no padding',
      base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    ],
    ['the placeholder of the sample call', '<csr>'],
  ])('%s is taken and echoed byte for byte', async (_, csr) => {
    const { duplicate, call } = setup()
    expect((await duplicate({ csr })).status).toBe(201)
    expect(member(await call('GET', '/order/certificate/112233/duplicate'), 'certificates', 0, 'csr')).toBe(csr)
  })
})

test('a certificate stays what it is when the random sequence begins anew', async () => {
  const path = '/certificate/100103/download/format/pem_all'
  const [one, other] = [setup(), setup()]
  one.mock.setRandom('another')
  const downloads = [await one.call('GET', path), await other.call('GET', path)]
  expect(downloads[0]!.text).toBe(downloads[1]!.text)
  expect(downloads[0]!.text).toContain('BEGIN CERTIFICATE')
})
