import { describe, expect, test } from 'vitest'
import { products } from '../products.ts'
import { builtInCsr, csrProblems, readCsr } from './csr.ts'

// The edges of the rules on keys; a real key of more than 8192 bits would take a minute to make.

const csr = (publicKey: object): Parameters<typeof csrProblems>[0] =>
  ({ text: '', spki: '', publicKey, signatureValid: true }) as never

describe('the key of a CSR', () => {
  test.each([
    ['ssl_basic', 2047, 'csr-key-size'],
    ['ssl_basic', 2048, undefined],
    ['ssl_basic', 8192, undefined],
    ['ssl_basic', 8193, 'csr-key-size'],
    ['code_signing', 3071, 'csr-key-size'],
    ['code_signing', 3072, undefined],
  ])('%s, RSA with %i bits: %s', (product, bits, reason) => {
    const problems = csrProblems(csr({ algorithm: 'RSA', bits }), products.get(product)!)
    expect(problems.map((problem) => problem.reason)).toEqual(reason === undefined ? [] : [reason])
  })

  test.each([
    ['P-256', undefined],
    ['P-384', undefined],
    ['P-521', 'csr-key-type'],
    ['other', 'csr-key-type'],
  ])('EC on %s: %s', (curve, reason) => {
    const problems = csrProblems(csr({ algorithm: 'EC', bits: 256, curve }), products.get('ssl_basic')!)
    expect(problems.map((problem) => problem.reason)).toEqual(reason === undefined ? [] : [reason])
  })
})

describe('a CSR that came before', () => {
  test('is known by its whole text: another text is read anew', () => {
    const known = readCsr(builtInCsr)
    expect(known).toMatchObject({ text: builtInCsr, signatureValid: true })
    const forged = builtInCsr.replace('17HVBgylwKpi', '17HVBgylwKpj') // in its signature
    expect(readCsr(forged)).toMatchObject({ text: forged, signatureValid: false })
    expect(readCsr(builtInCsr)).toEqual(known)
  })

  test('is read the same when it is too long to be remembered', () => {
    const long = `${'x'.repeat(20_000)}\n${builtInCsr}`
    expect(readCsr(long)).toEqual({ ...readCsr(builtInCsr), text: long })
    expect(readCsr('x'.repeat(20_000))).toBeUndefined()
  })

  test('may be the placeholder of the documentation, which stays what was sent', () => {
    expect(readCsr('<csr>')).toEqual({ ...readCsr(builtInCsr), text: '<csr>' })
  })
})
