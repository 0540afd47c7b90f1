import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parsePem } from '../x509/pem.ts'
import { createTlsIdentity, type TlsIdentityOptions } from './identity.ts'

function setup(options: Partial<TlsIdentityOptions> = {}) {
  const identity = createTlsIdentity({ hosts: ['api.example.com', 'www.example.com'], ...options })
  const [server, intermediate] = parsePem(identity.certificates).map(({ der }) => new X509Certificate(der))
  return { identity, server: server!, intermediate: intermediate!, root: new X509Certificate(identity.ca.der) }
}

describe('the identity of a server', () => {
  test('names the hosts, localhost and loopback', () => {
    expect(setup().server.subjectAltName).toBe(
      'DNS:api.example.com, DNS:www.example.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
  })

  test.each([
    ['192.0.2.7', 'IP Address:192.0.2.7'],
    ['twin.internal', 'DNS:twin.internal'],
  ])('names the address that is listened on: %s', (address, name) => {
    expect(setup({ address }).server.subjectAltName!.split(', ')).toContain(name)
  })

  test('names nothing twice', () => {
    const names = setup({ hosts: ['localhost'], address: '127.0.0.1' }).server.subjectAltName
    expect(names).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  })

  test('leads to the authority, which says that it is a mock', () => {
    const { identity, server, intermediate, root } = setup()
    expect(server.verify(intermediate.publicKey) && intermediate.verify(root.publicKey)).toBe(true)
    expect(server.checkPrivateKey(identity.privateKey)).toBe(true)
    expect([server, intermediate, root].map(({ subject }) => subject.split('\n')[0])).toEqual(
      Array.from({ length: 3 }, () => 'O=Offline Mock'),
    )
  })

  test('is valid whatever the clock of the caller says', () => {
    const { server, intermediate, root } = setup()
    for (const { validFromDate, validToDate } of [server, intermediate, root]) {
      expect([validFromDate.getUTCFullYear(), validToDate.getUTCFullYear()]).toEqual([2000, 2099])
    }
  })

  test('is the same again from the same seed, and fresh without one', () => {
    const certificatesOf = (seed?: string): string => setup({ seed }).identity.certificates
    expect(certificatesOf('one')).toBe(certificatesOf('one'))
    expect(certificatesOf('one')).not.toBe(certificatesOf('two'))
    expect(certificatesOf()).not.toBe(certificatesOf())
  })
})
