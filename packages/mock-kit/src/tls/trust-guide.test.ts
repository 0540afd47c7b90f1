import { describe, expect, test } from 'vitest'
import { describeTrust } from './trust-guide.ts'

const files = { ca: '/tmp/twin/ca.pem', truststore: '/tmp/twin/truststore.jks' }
const hosts = ['api.example.com', 'www.example.com']

describe('the guide to trust', () => {
  test('has for every language what makes it trust the authority', () => {
    const guide = describeTrust({ url: 'https://127.0.0.1:8443', hosts, files })
    for (const hint of [
      'NODE_EXTRA_CA_CERTS=/tmp/twin/ca.pem',
      '--cacert /tmp/twin/ca.pem',
      'REQUESTS_CA_BUNDLE=/tmp/twin/ca.pem',
      'SSL_CERT_FILE=/tmp/twin/ca.pem',
      '-Djavax.net.ssl.trustStore=/tmp/twin/truststore.jks -Djavax.net.ssl.trustStorePassword=changeit',
    ])
      expect(guide).toContain(hint)
  })

  test('has three ways that lead the hosts to the twin', () => {
    const guide = describeTrust({ url: 'https://127.0.0.1:8443', hosts, files })
    for (const hint of [
      'HTTPS_PROXY=http://127.0.0.1:8443',
      '-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8443',
      '--connect-to api.example.com:443:127.0.0.1:8443 --connect-to www.example.com:443:127.0.0.1:8443',
      '"127.0.0.1 api.example.com www.example.com" in the hosts file, and the twin with --port 443',
    ])
      expect(guide).toContain(hint)
  })

  test.each([
    ['https://0.0.0.0:8443', '127.0.0.1:8443', '-Dhttps.proxyHost=127.0.0.1 '],
    ['https://[::]:8443', '[::1]:8443', '-Dhttps.proxyHost=::1 '],
    ['https://127.0.0.1:443', '127.0.0.1:443', '-Dhttps.proxyPort=443 '],
  ])('names an address that can be reached, of %s', (url, address, java) => {
    const guide = describeTrust({ url, hosts, files })
    expect(guide).toContain(`HTTPS_PROXY=http://${address} `)
    expect(guide).toContain(java)
  })

  test('quotes a path that a shell would split', () => {
    const ca = "/tmp/it's here/ca.pem"
    const guide = describeTrust({ url: 'https://127.0.0.1:8443', hosts, files: { ...files, ca } })
    expect(guide).toContain(String.raw`--cacert '/tmp/it'\''s here/ca.pem'`)
  })
})
