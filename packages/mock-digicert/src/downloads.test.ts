import { X509Certificate } from 'node:crypto'
import { parsePem } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import { errorsOf, member, setup } from './test-world.ts'

const notFound = 'not_found|certificate ~ The specified certificate was not found.'

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

  test('gives the same bytes each time, for seeds too', async () => {
    const { call } = setup()
    const one = await call('GET', '/certificate/100101/download/format/pem_all')
    const two = await call('GET', '/certificate/100101/download/format/pem_all')
    expect(one.text).toBe(two.text)
    expect(one.headers.get('etag')).toBe(two.headers.get('etag'))
  })

  test('of a revoked certificate works', async () => {
    const { call } = setup()
    expect((await call('GET', '/certificate/100106/download/format/pem_all')).status).toBe(200)
  })

  test('does not look at Accept', async () => {
    const { call } = setup()
    const headers = { Accept: 'text/html' }
    const answer = await call('GET', '/certificate/100101/download/format/pem_all', undefined, { headers })
    expect(answer.status).toBe(200)
  })

  test.each(['pem', 'default', 'p7b', 'x', 'pem_all%20'])('in format %s is not offered', async (format) => {
    const { call } = setup()
    const answer = await call('GET', `/certificate/100101/download/format/${format}`)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual(['invalid_param:format_type ~ format_type is an invalid parameter.'])
  })

  test.each([
    [1, 'certificate-unknown'],
    [112233, 'certificate-unknown'],
    ['x', 'certificate-unknown'],
    [200101, 'certificate-of-other-account'],
    [23456, 'certificate-not-issued'],
    [100105, 'certificate-not-issued'],
  ])('of certificate %s is refused: %s', async (id, reason) => {
    const { call, diagnosis } = setup()
    const answer = await call('GET', `/certificate/${id}/download/format/pem_all`)
    expect(answer.status).toBe(404)
    expect(errorsOf(answer)).toEqual([notFound])
    expect(diagnosis()).toBe(reason)
  })
})
