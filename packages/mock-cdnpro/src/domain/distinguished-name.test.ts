import { attributeOids } from '@certtwin/mock-kit/x509'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatName, parseName } from './distinguished-name.ts'

test.each([
  ['plain', 'plain'],
  ['Example, Inc.', String.raw`Example\, Inc.`],
  ['a"b', String.raw`a\"b`],
  ['a\\b', String.raw`a\\b`],
  ['R+D', String.raw`R\+D`],
  ['a=b', String.raw`a\=b`],
  ['<a;b>', String.raw`\<a\;b\>`],
  ['#1 in #2', String.raw`\#1 in #2`],
  ['  two blanks  ', String.raw`\ \ two blanks\ \ `],
  ['   ', String.raw`\ \ \ `],
  ['münze 中文 😀', 'münze 中文 😀'],
  ['*.example.com', '*.example.com'],
  ['', ''],
])('escapes %j as %j', (value, text) => {
  expect(formatName([[{ oid: attributeOids.CN, value }]])).toBe(`CN=${text}`)
})

test('keeps the order of the certificate, with commas and without blanks', () => {
  const { E, OU, O, L, ST, C, CN } = attributeOids
  const name = [E, OU, O, L, ST, C, CN].map((oid) => [{ oid, value: 'x' }])
  expect(formatName(name)).toBe('E=x,OU=x,O=x,L=x,ST=x,C=x,CN=x')
})

test('joins the values of one relative name by a plus', () => {
  const { CN, UID } = attributeOids
  expect(
    formatName([
      [
        { oid: CN, value: 'a' },
        { oid: UID, value: 'b' },
      ],
      [{ oid: CN, value: 'c' }],
    ]),
  ).toBe('CN=a+UID=b,CN=c')
})

test('names an attribute without a key by its identifier', () => {
  expect(formatName([[{ oid: '1.2.3.4', value: 'x' }]])).toBe('1.2.3.4=x')
})

test('takes a long run of blanks without delay', () => {
  const value = `a${' '.repeat(200_000)}b`
  expect(formatName([[{ oid: attributeOids.CN, value }]])).toBe(`CN=${value}`)
})

test('has a key for every attribute of the list', () => {
  const name = Object.values(attributeOids).map((oid) => [{ oid, value: 'x' }])
  expect(formatName(name)).toBe(
    'C=x,ST=x,L=x,O=x,OU=x,CN=x,E=x,DC=x,UID=x,STREET=x,SERIALNUMBER=x,SURNAME=x,GIVENNAME=x,T=x,BusinessCategory=x,PostalCode=x',
  )
})

test('is read back from what it was written as', () => {
  const oid = fc.constantFrom(...Object.values(attributeOids), '1.2.3.4')
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[ #,+"\\<=>;a\n]{0,6}$/))
  const name = fc.array(fc.array(fc.record({ oid, value }), { minLength: 1, maxLength: 3 }), { maxLength: 4 })
  fc.assert(
    fc.property(name, (given) => {
      expect(parseName(formatName(given))).toEqual(given)
    }),
  )
})
