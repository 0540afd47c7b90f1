import { X509Certificate } from 'node:crypto'
import { parsePem } from '@certtwin/mock-kit/x509'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { type Answer, errorsOf, member, setup, type TestWorld } from './test-world.ts'

const notFound = 'not_found|certificate ~ The specified certificate was not found.'
const pem = { type: 'application/x-pem-file', extension: 'pem' }
const zip = { type: 'application/zip', extension: 'zip' }
const pkcs7 = 'application/x-pkcs7-certificates'

/** The three certificates that a download of certificate 100303 holds, as they stand in `pem_all`. */
async function partsOf({ call }: TestWorld): Promise<Record<'leaf' | 'intermediate' | 'root', string>> {
  const { text } = await call('GET', '/certificate/100303/download/format/pem_all')
  const [leaf = '', intermediate = '', root = '', ...others] = text.split(/(?=-----BEGIN)/)
  expect(others).toEqual([])
  return { leaf, intermediate, root }
}

function unzip({ bytes }: Answer): Record<string, string> {
  const files = Object.entries(unzipSync(bytes))
  return Object.fromEntries(files.map(([name, content]) => [name, strFromU8(content)]))
}

describe('a download', () => {
  test('is leaf, intermediate and root in one PEM file', async () => {
    const { call } = setup()
    const answer = await call('GET', '/certificate/100303/download/format/pem_all')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe('application/x-pem-file')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="__wild_example_net.pem"')
    expect(answer.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(answer.text.endsWith('-----END CERTIFICATE-----\r\n')).toBe(true)
    const [leaf, intermediate, root, ...others] = parsePem(answer.text).map(({ der }) => new X509Certificate(der))
    expect(leaf!.checkIssued(intermediate!)).toBe(true)
    expect(intermediate!.checkIssued(root!)).toBe(true)
    expect(others).toEqual([])
  })

  test('is the certificate of the duplicate’s answer and of the list', async () => {
    const { call, duplicate } = setup()
    const issued = await duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    const { text } = await call('GET', '/certificate/987654321/download/format/PEM_ALL')
    expect(text).toBe([0, 1, 2].map((index) => member(issued, 'certificate_chain', index, 'pem')).join(''))
    const list = await call('GET', '/order/certificate/1234567/duplicate')
    const thumbprint = new X509Certificate(text).fingerprint.replaceAll(':', '')
    expect(member(list, 'certificates', 0, 'thumbprint')).toBe(thumbprint)
  })

  test.each(['pem_all', 'default'])('as %s gives the same bytes each time, for seeds too', async (format) => {
    const { call } = setup()
    const one = await call('GET', `/certificate/100101/download/format/${format}`)
    const two = await call('GET', `/certificate/100101/download/format/${format}`)
    expect(one.bytes).toEqual(two.bytes)
    expect(one.headers.get('etag')).toBe(two.headers.get('etag'))
  })

  test('of a revoked certificate works', async () => {
    const { call } = setup()
    expect((await call('GET', '/certificate/100106/download/format/pem_all')).status).toBe(200)
  })

  test('does not look at Accept', async () => {
    const { call } = setup()
    const headers = { Accept: 'text/html' }
    for (const path of ['/certificate/100101/download/platform', '/certificate/download/order/100001'])
      expect((await call('GET', path, undefined, { headers })).status).toBe(200)
  })

  test('has LF in the generation of 2024, also inside a bundle', async () => {
    const { call } = setup({ profile: '2024' })
    for (const format of ['pem_all', 'p7b'])
      expect((await call('GET', `/certificate/100101/download/format/${format}`)).text).not.toContain('\r')
    const answer = await call('GET', '/certificate/100101/download/format/apache')
    expect(Object.values(unzip(answer)).join('')).not.toContain('\r')
  })

  test('is named after a common name that is free text without what a header cannot hold', async () => {
    const { call, mock } = setup()
    const order = { id: 5, product: 'code_signing', commonName: 'A "b"/\n\u00e9', container: 14, certificate: 6 }
    mock.seed({ orders: [order] })
    const answer = await call('GET', '/certificate/6/download/format/default')
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="A _b____.zip"')
    expect(Object.keys(unzip(answer))).toEqual(['root.crt', 'intermediate.crt', 'A _b____.crt'])
  })

  test.each(['root', 'Intermediate'])('has its own file also where it is called %s', async (commonName) => {
    const { call, mock } = setup()
    mock.seed({ orders: [{ id: 5, product: 'code_signing', commonName, container: 14, certificate: 6 }] })
    const answer = await call('GET', '/certificate/6/download/format/default')
    expect(Object.keys(unzip(answer))).toEqual(['root.crt', 'intermediate.crt', `${commonName}_.crt`])
  })
})

describe('a format', () => {
  test.each([
    ['pem_all', ['leaf', 'intermediate', 'root']],
    ['PemAll', ['leaf', 'intermediate', 'root']],
    ['pem', ['leaf', 'intermediate', 'root']],
    ['pem_noroot', ['leaf', 'intermediate']],
    ['pem_nointermediate', ['leaf']],
  ] as const)('%s is PEM of %j', async (format, expected) => {
    const world = setup()
    const parts = await partsOf(world)
    const answer = await world.call('GET', `/certificate/100303/download/format/${format}`)
    expect(answer.text).toBe(expected.map((part) => parts[part]).join(''))
    expectFile(answer, pem)
  })

  test.each([
    ['default', ['root.crt', 'intermediate.crt', '__wild_example_net.crt']],
    ['default_pem', ['root.crt', 'intermediate.crt', '__wild_example_net.crt']],
    ['crt', ['root.crt', 'intermediate.crt', '__wild_example_net.crt']],
    ['default_cer', ['root.cer', 'intermediate.cer', '__wild_example_net.cer']],
    ['apache', ['intermediate.crt', '__wild_example_net.crt']],
  ])('%s is a zip file of %j', async (format, expected) => {
    const world = setup()
    const { root, intermediate, leaf } = await partsOf(world)
    const answer = await world.call('GET', `/certificate/100303/download/format/${format}`)
    const files = unzip(answer)
    expect(Object.keys(files)).toEqual(expected)
    expect(Object.values(files)).toEqual([root, intermediate, leaf].slice(-expected.length))
    expectFile(answer, zip)
  })

  test.each(['p7b', 'cer'])('%s is a bundle in an armour of its own', async (format) => {
    const { call } = setup()
    const answer = await call('GET', `/certificate/100303/download/format/${format}`)
    expect(answer.text).toMatch(/^-----BEGIN PKCS7-----\r\n[^]*-----END PKCS7-----\r\n$/)
    expectFile(answer, { type: pkcs7, extension: format })
  })

  test('der is the leaf as it is', async () => {
    const world = setup()
    const { leaf } = await partsOf(world)
    const answer = await world.call('GET', '/certificate/100303/download/format/der')
    expect(new X509Certificate(answer.bytes).raw).toEqual(new X509Certificate(leaf).raw)
    expectFile(answer, { type: 'application/pkix-cert', extension: 'der' })
  })

  test.each(['doc', 'x', 'pem_all%20'])('%s is not offered', async (format) => {
    const { call } = setup()
    for (const path of [
      `/certificate/100101/download/format/${format}`,
      `/certificate/download/order/100001/format/${format}`,
      `/certificate/download/order/100001?format_type=${format}`,
    ]) {
      const answer = await call('GET', path)
      expect(answer.status).toBe(400)
      expect(errorsOf(answer)).toEqual(['invalid_param:format_type ~ format_type is an invalid parameter.'])
    }
  })

  function expectFile({ status, headers }: Answer, { type, extension }: typeof pem): void {
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe(type)
    expect(headers.get('Content-Disposition')).toBe(`attachment; filename="__wild_example_net.${extension}"`)
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  }
})

describe('a platform', () => {
  test.each([
    ['/certificate/100101/download/platform/2', 'apache'],
    ['/certificate/100101/download/platform/29', 'pem_all'],
    ['/certificate/100101/download/platform/45', 'default'],
    ['/certificate/100101/download/platform/-1', 'default'],
    ['/certificate/100101/download/platform/4711', 'default'],
    ['/certificate/100101/download/platform/0', 'default'],
    ['/certificate/100101/download/platform', 'default'],
    ['/certificate/download/order/100001', 'default'],
  ])('by %s gives %s', async (path, format) => {
    const { call } = setup()
    const expected = await call('GET', `/certificate/100101/download/format/${format}`)
    expect((await call('GET', path)).bytes).toEqual(expected.bytes)
  })

  test('is the one that the certificate was requested for, unless another is named', async () => {
    const { call, duplicate } = setup()
    await duplicate({ common_name: 'www.digicert.com', dns_names: [], server_platform: { id: 2 } }, 1234567)
    const of = async (path: string): Promise<string> => (await call('GET', path)).bytes.toString('base64')
    const apache = await of('/certificate/987654321/download/format/apache')
    expect(await of('/certificate/987654321/download/platform')).toBe(apache)
    expect(await of('/certificate/987654321/download/platform/0')).toBe(apache)
    expect(await of('/certificate/987654321/download/platform/45')).not.toBe(apache)
    expect(await of('/certificate/download/order/1234567?sub_id=001')).toBe(apache)
  })

  test.each([
    ['x', 'invalid_param:platform_id ~ platform_id is an invalid parameter.'],
    ['1.5', 'invalid_param:platform_id ~ platform_id is an invalid parameter.'],
    ['-7', 'invalid_server_platform ~ The specified server platform was not found.'],
  ])('%s is refused', async (id, error) => {
    const { call } = setup()
    const answer = await call('GET', `/certificate/100101/download/platform/${id}`)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([error])
  })
})

describe('the download of an order', () => {
  test.each([
    ['/certificate/download/order/100003/format/pem_all', 100103],
    ['/certificate/download/order/100003?format_type=pem_all', 100103],
    ['/certificate/download/order/100003?formatType=PEM_ALL&sub_id=', 100103],
    ['/certificate/download/order/100003/format/pem_all?sub_id=001', 100203],
    ['/certificate/download/order/100003?format_type=&formatType=pem_all&sub_id=&subId=001', 100203],
    ['/certificate/download/order/100003?formatType=pem_all&subId=002', 100303],
    ['/certificate/download/order/100003/format/pem_all?formatType=doc&subId=2', 100303],
  ])('%s is that of certificate %s', async (path, id) => {
    const { call } = setup()
    const expected = await call('GET', `/certificate/${id}/download/format/pem_all`)
    expect((await call('GET', path)).text).toBe(expected.text)
  })

  test.each([
    ['4711', 404, 'not_found|order ~ The specified order was not found.', 'order-unknown'],
    ['200001', 404, 'not_found|order ~ The specified order was not found.', 'order-of-other-account'],
    ['100005', 404, notFound, 'certificate-not-issued'],
    ['100003?sub_id=003', 404, notFound, 'certificate-unknown'],
    ['100004?sub_id=112', 404, notFound, 'certificate-not-issued'],
    ['100003?sub_id=x', 400, 'invalid_param:sub_id ~ sub_id is an invalid parameter.', 'param-invalid'],
  ])('%s is refused with %s', async (path, status, error, reason) => {
    const { call, diagnosis } = setup()
    const answer = await call('GET', `/certificate/download/order/${path}`)
    expect(answer.status).toBe(status)
    expect(errorsOf(answer)).toEqual([error])
    expect(diagnosis()).toBe(reason)
  })
})

describe('the chain', () => {
  test('is leaf, intermediate and root, under the vendor’s word', async () => {
    const { call } = setup()
    const answer = await call('GET', '/certificate/987654320/chain')
    const { text } = await call('GET', '/certificate/987654320/download/format/pem_all')
    expect(answer.json).toEqual({
      intermediates: [
        'www.digicert.com',
        'DigiCert SHA2 Extended Validation Server CA',
        'DigiCert High Assurance EV Root CA',
      ].map((name, index) => ({ subject_common_name: name, pem: text.split(/(?=-----BEGIN)/)[index] })),
    })
    expect(answer.headers.get('etag')).not.toBeNull()
  })
})

test.each(['download/format/pem_all', 'download/platform', 'download/platform/2', 'chain'])(
  '%s of what nobody may have is refused',
  async (what) => {
    const { call, diagnosis } = setup()
    for (const [id, reason] of [
      [1, 'certificate-unknown'],
      [112233, 'certificate-unknown'],
      ['x', 'certificate-unknown'],
      [200101, 'certificate-of-other-account'],
      [23456, 'certificate-not-issued'],
      [100105, 'certificate-not-issued'],
    ] as const) {
      const answer = await call('GET', `/certificate/${id}/${what}`)
      expect(answer.status).toBe(404)
      expect(errorsOf(answer)).toEqual([notFound])
      expect([id, diagnosis()]).toEqual([id, reason])
    }
  },
)

describe('the intermediates', () => {
  test('are those that the twin can issue from, with what their certificates say', async () => {
    const { call } = setup()
    const answer = await call('GET', '/certificate/intermediates')
    const chain = await call('GET', '/certificate/100101/chain')
    const certificate = new X509Certificate(String(member(chain, 'intermediates', 1, 'pem')))
    expect(member(answer, 'intermediates', 0)).toEqual({
      id: '1005',
      subject_common_name: 'DigiCert SHA2 Secure Server CA',
      subject_org_name: 'Offline Mock',
      valid_from: '2000-01-01 00:00:00',
      valid_to: '2099-12-31 23:59:59',
      serial_number: certificate.serialNumber,
      thumbprint: certificate.fingerprint.replaceAll(':', ''),
      signature_hash: 'SHA256',
      is_private: '0',
    })
    expect([1, 2].map((index) => member(answer, 'intermediates', index, 'id'))).toEqual(['1006', '75085B44A694E58'])
  })

  test('are issued from by their ids', async () => {
    const { call, duplicate } = setup({ profile: '2024' })
    const id = String(member(await call('GET', '/certificate/intermediates'), 'intermediates', 2, 'id'))
    const issued = await duplicate({ common_name: 'www.digicert.com', dns_names: [], ca_cert_id: id }, 1234567)
    expect(member(issued, 'certificate_chain', 1, 'subject_common_name')).toBe('DigiCert Assured ID CA-1')
  })
})
