import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { parsePublicKeyOfCsr } from './pkcs10.ts'

// Made and read with openssl: `openssl req -new …`, and `openssl req -pubkey` as DER.
const requests = [
  {
    kind: 'an RSA',
    csr: `-----BEGIN CERTIFICATE REQUEST-----
MIICXzCCAUcCAQAwGjEYMBYGA1UEAwwPcnNhLmV4YW1wbGUubmV0MIIBIjANBgkq
hkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwMAWaFcIf1UFClpiGhUakC6Yy6T01SCo
0u9B2hRLPYwHBNRW/EkwiWmcTayBdkJgnMlOWs7ClZWT4fw8xJXmnrW3JMKIWmEQ
WSg0EzjM7CPip8p6l2x5VpEwilyFiv1T/J7bdbILscFinBtAClaPqAQoVILSDDDe
8KAYUcMsxEzbn+Y8N0d3RHy63P2FYxD7SDAsxl24sr3bDnljeb38TWtN5iK6cs6V
Z3ErUqO5u4ma8iQCelrEDfn/KFc9+dOed1dbONMeEPu6fw8JProOzuC31WsBCDc3
ylDUYvp4/mwqFP1y3RJGxXOQH7Ej/NGD+Qm+A73NBl7knV7a5BzKcwIDAQABoAAw
DQYJKoZIhvcNAQELBQADggEBAJUCo0/CaJbDK8DYEDvsaJ+FxCv0olT22WGEseoo
7D3xP2ziZv0mKFhrMx34AozTKRpuP6ilhQbqy/rHyVfmSZxbepJAor2RHrEGERrE
PysJWP4jSofS0Sd2RykSD1d98wXObPF1V8WiXLSJDCCbcyCPCQV3XvzwDp8I20/S
11Chehh94Z7ccULGCx+OVMQRv63XupvTBE9d4nci2BjtXyCmIqp7c8Q3TqLBdZaR
vz/PZMpK6HZFPWAdJ5NA9zHUth4jkmfQJD2XiskgNESJCQXwsGXfa3rVMO8XG3q3
tDJOjCEkLtqYOAU5jn030jJlNV3ecsf2YWnY3GDDyy+sAk0=
-----END CERTIFICATE REQUEST-----`,
    publicKey:
      '30820122300d06092a864886f70d01010105000382010f003082010a0282010100c0c0166857087f55050a5a621a151a' +
      '902e98cba4f4d520a8d2ef41da144b3d8c0704d456fc493089699c4dac817642609cc94e5acec2959593e1fc3cc495e6' +
      '9eb5b724c2885a61105928341338ccec23e2a7ca7a976c795691308a5c858afd53fc9edb75b20bb1c1629c1b400a568f' +
      'a804285482d20c30def0a01851c32cc44cdb9fe63c374777447cbadcfd856310fb48302cc65db8b2bddb0e796379bdfc' +
      '4d6b4de622ba72ce9567712b52a3b9bb899af224027a5ac40df9ff28573df9d39e77575b38d31e10fbba7f0f093eba0e' +
      'cee0b7d56b01083737ca50d462fa78fe6c2a14fd72dd1246c573901fb123fcd183f909be03bdcd065ee49d5edae41cca' +
      '730203010001',
  },
  {
    kind: 'an EC',
    csr: `-----BEGIN CERTIFICATE REQUEST-----
MIHTMHsCAQAwGTEXMBUGA1UEAwwOZWMuZXhhbXBsZS5uZXQwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAR9qNC7GN5AZJurcxDuhpFvrOllnqgjATa7IGutI1KiOIPX
mnpOVGa/rBnyhSGM1/z3F5VTTShnfD6uL7egWd6IoAAwCgYIKoZIzj0EAwIDSAAw
RQIhALvyeqcu3WhHPr3h21AAvNT9R5J4GYj6maG02FXx56lYAiBPhQGqScvKEeXn
iV1xWaGQtxzlueQy+P3RCzxCG776rA==
-----END CERTIFICATE REQUEST-----`,
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200047da8d0bb18de40649bab7310ee86916face9659ea8' +
      '230136bb206bad2352a23883d79a7a4e5466bfac19f285218cd7fcf71795534d28677c3eae2fb7a059de88',
  },
] as const

describe.each(requests)('the public key of $kind request', ({ csr, publicKey }) => {
  it('is read from PEM', () => {
    expect(parsePublicKeyOfCsr(csr)).toBe(publicKey)
  })

  it.each([
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with text around it', (text: string) => `Certificate Request:\n    Data:\n${text}\nend -----`],
    [
      'as a new one',
      (text: string) => text.replaceAll('BEGIN CERT', 'BEGIN NEW CERT').replaceAll('END CERT', 'END NEW CERT'),
    ],
    ['without line breaks', (text: string) => text.replaceAll('\n', '')],
    ['as bare base64', (text: string) => text.replaceAll(/-----[^-]+-----/g, '')],
    [
      'in the URL alphabet',
      (text: string) =>
        text
          .replaceAll(/-----[^-]+-----/g, '')
          .replaceAll('+', '-')
          .replaceAll('/', '_'),
    ],
  ])('is the same %s', (_form, write) => {
    expect(parsePublicKeyOfCsr(write(csr))).toBe(publicKey)
  })
})

describe('a text that is no request', () => {
  it.each([
    '',
    '<csr>',
    'AAAA',
    '-----BEGIN CERTIFICATE REQUEST-----',
    undefined as never,
    Buffer.from('<csr>') as never,
  ])('has no public key: %j', (text) => {
    expect(parsePublicKeyOfCsr(text)).toBeUndefined()
  })

  it('never has the key of a request that it is only the start of', () => {
    const { csr, publicKey } = requests[1]
    const text = csr.replaceAll(/-----[^-]+-----|\s/g, '')
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        const found = parsePublicKeyOfCsr(text.slice(0, length))
        expect([undefined, publicKey]).toContain(found)
      }),
    )
  })
})
