import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePem, parsePem } from './pem.ts'

const der = Uint8Array.from({ length: 100 }, (_, index) => index)
const block = { label: 'CERTIFICATE', der }
const pem = encodePem('CERTIFICATE', der)

const anyBlocks = fc.array(
  fc.record({ label: fc.constantFrom('CERTIFICATE', 'NEW CERTIFICATE REQUEST', 'X509 CRL'), der: fc.uint8Array() }),
  { maxLength: 4 },
)

test('every list of blocks comes back from its PEM', () => {
  fc.assert(
    fc.property(anyBlocks, fc.constantFrom('\n' as const, '\r\n' as const), (blocks, eol) => {
      const text = blocks.map((one) => encodePem(one.label, one.der, eol)).join('')
      expect(parsePem(text)).toEqual(blocks)
    }),
  )
})

test('PEM has 64 characters a line and a line break after the footer', () => {
  const lines = pem.split('\n')
  expect(lines.map((line) => line.length)).toEqual([27, 64, 64, 8, 25, 0])
})

test('PEM with CR LF has no other line break', () => {
  const text = encodePem('CERTIFICATE', der, '\r\n')
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(text.replaceAll('\r\n', '\n')).toBe(pem)
})

test.each([
  ['a lone CR as line break', pem.replaceAll('\n', '\r')],
  ['no line breaks', pem.replaceAll('\n', '')],
  ['blanks instead of line breaks', pem.replaceAll('\n', ' ')],
  ['indented lines and blank ones', pem.replaceAll('\n', ' \n\n\t')],
  ['text around the block', `subject=CN = x\n${pem}end`],
  ['a byte order mark in front', `\uFEFF${pem}`],
  ['missing padding', pem.replaceAll('=', '')],
])('reads PEM with %s', (_, text) => {
  expect(parsePem(text)).toEqual([block])
})

test('reads blocks that follow one another without a line break', () => {
  expect(parsePem((pem + pem).replaceAll('\n', ''))).toEqual([block, block])
})

test.each([
  ['no block', 'MIIB'],
  ['nothing', ''],
  ['a header without a footer', '-----BEGIN CERTIFICATE-----\nMIIB\n'],
  ['a footer with another label', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END X509 CRL-----\n'],
])('finds no block in %s', (_, text) => {
  expect(parsePem(text)).toEqual([])
})

test.each(['MIIB!AAA', 'MIIB=AAA', 'MIIBA', 'MII-B_AA'])(
  'keeps a block with the undecodable body %s, without DER',
  (body) => {
    const damaged = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
    expect(parsePem(pem + damaged + pem)).toEqual([block, { label: 'CERTIFICATE', der: new Uint8Array() }, block])
  },
)

test('ten thousand headers without footer take no noticeable time', { timeout: 2_000 }, () => {
  expect(parsePem('-----BEGIN CERTIFICATE-----AAAA'.repeat(10_000))).toEqual([])
})
