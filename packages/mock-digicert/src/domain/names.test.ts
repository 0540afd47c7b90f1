import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Product, products } from '../products.ts'
import { setup } from '../test-world.ts'
import { nameProblems, type Names, normalizeName } from './names.ts'

const reasons = (product: Product, original: Names, requested: Names): string[] =>
  nameProblems(product, original, requested).map(
    ({ reason, detail }) => `${reason}${detail === undefined ? '' : ` ${detail}`}`,
  )

const product = (nameId: string): Product => products.get(nameId)!

/**
 * The rules again, in the words of the vendor's documentation rather than of the code: may this product's order, with these
 * names, have a duplicate with those?
 */
function isAllowed(nameId: string, order: readonly string[], [commonName, ...others]: readonly string[]): boolean {
  const canMove = ![
    'ssl_plus',
    'ssl_ev_plus',
    'ssl_securesite',
    'ssl_ev_securesite',
    'private_ssl_plus',
    'ssl_dv_geotrust',
    'ssl_dv_rapidssl',
  ].includes(nameId)
  const canAdd = ['ssl_wildcard', 'private_ssl_wildcard', 'ssl_securesite_wildcard'].includes(nameId)
  if (canMove ? !order.some((name) => name === commonName) : order[0] !== commonName) return false
  for (const name of others) {
    let isFound = false
    for (const original of order) {
      if (name === original) isFound = true
      if (canAdd && original.slice(0, 2) === '*.' && name.slice(-original.length + 1) === original.slice(1))
        isFound = true
    }
    if (!isFound) return false
  }
  return true
}

// Few labels, so that names often meet: equal, below a wildcard, beside it.
const domain = fc.constantFrom('x.test', 'y.test', 'a.x.test', 'a.y.test')
const name = fc
  .tuple(fc.constantFrom('', '*.', 'a.', 'b.', '*.a.', 'a.b.'), domain)
  .map(([prefix, suffix]) => prefix + suffix)
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 })
const tlsProducts = [...products.keys()].filter((id) => !id.startsWith('code_signing'))

describe('the names of a duplicate', () => {
  test('are accepted exactly when the documented rules allow them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tlsProducts), names, names, (nameId, order, wanted) => {
        const original = { commonName: order[0]!, dnsNames: order.slice(1) }
        const requested = { commonName: wanted[0]!, dnsNames: wanted.slice(1) }
        expect(reasons(product(nameId), original, requested).length === 0).toBe(isAllowed(nameId, order, wanted))
      }),
      { numRuns: 3000 },
    )
  })

  test('of the original, in any order and with any left out, are always accepted where the common name stays', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tlsProducts),
        names.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all))),
        (nameId, [all, some]) => {
          const original = { commonName: all[0]!, dnsNames: all.slice(1) }
          expect(reasons(product(nameId), original, { commonName: all[0]!, dnsNames: some })).toEqual([])
        },
      ),
    )
  })

  test('that are foreign give one problem each', () => {
    const original = { commonName: 'x.test', dnsNames: [] }
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}\.example$/)), (dnsNames) => {
        const expected = dnsNames.map((foreign) => `dns-name-not-on-order ${foreign}`)
        expect(reasons(product('ssl_basic'), original, { commonName: 'x.test', dnsNames })).toEqual(expected)
      }),
    )
  })
})

describe('the vendor’s example of a flexible order', () => {
  test.each([
    ['*.example1.com', []],
    ['app.example3.com', []],
    ['example2.com', ['app.example3.com']],
  ])('takes %s with %j', async (commonName, dnsNames) => {
    const { duplicate } = setup()
    expect((await duplicate({ common_name: commonName, dns_names: dnsNames }, 100011)).status).toBe(201)
  })

  test('takes no subdomain of its wildcards', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: '*.example.com', dns_names: ['a.example.com'] }, 100011)
    expect(answer.text).toContain('dns_name_not_on_order|a.example.com')
  })
})

describe('a wildcard order', () => {
  test.each([
    ['*.wild.example.net', ['a.wild.example.net', 'b.a.wild.example.net', '*.c.wild.example.net', 'wild.example.net']],
    ['wild.example.net', ['*.wild.example.net']],
  ])('takes %s with %j', async (commonName, dnsNames) => {
    const { duplicate } = setup()
    expect((await duplicate({ common_name: commonName, dns_names: dnsNames }, 100003)).status).toBe(201)
  })

  test('takes no subdomain as its common name', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: 'a.wild.example.net', dns_names: [] }, 100003)
    expect(answer.text).toContain('common_name_not_on_order|a.wild.example.net')
  })
})

describe('the syntax of a name', () => {
  const isValid = (text: string, nameId = 'ssl_basic'): boolean =>
    !reasons(product(nameId), { commonName: 'x.test', dnsNames: [] }, { commonName: 'x.test', dnsNames: [text] })
      .join(' ')
      .includes('name-invalid')
  const label63 = 'a'.repeat(63)

  test.each(['a.b', 'a-b.c', '1.2.3', '*.a.b', 'xn--bcher-kva.example', `${label63}.example`])(
    '%s is valid',
    (text) => {
      expect(isValid(text)).toBe(true)
    },
  )

  test.each([
    '',
    'a',
    '*',
    '*.',
    '.a.b',
    'a.b.',
    'a..b',
    'a_b.c',
    '-a.b',
    'a-.b',
    '*a.b',
    'a.*.b',
    '**.a.b',
    'a b.c',
    `${label63}a.example`,
    `${`${label63}.`.repeat(4)}b`,
    '10.0.0.1',
    '::1',
    '\u0000.a',
  ])('%j is not', (text) => {
    expect(isValid(text)).toBe(false)
  })

  test.each(['10.0.0.1', '2001:db8::1'])('%s is valid on private products', (text) => {
    expect(isValid(text, 'private_ssl_plus')).toBe(true)
  })

  test.each(['fe80::1%eth0', '[::1]', '10.0.0.1:443'])('%s is not, even there', (text) => {
    expect(isValid(text, 'private_ssl_plus')).toBe(false)
  })

  test.each([
    [' WWW.Example.COM. ', 'www.example.com'],
    ['*.BÜCHER.example', '*.xn--bcher-kva.example'],
    ['a..', 'a.'],
  ])('%j is read as %j', (text, expected) => {
    expect(normalizeName(text)).toBe(expected)
  })
})

describe('a name that is no domain name', () => {
  test.each(['/path', '?x', '#h', '\\x', '%63', '@x', ':80', '\tx', '[x]'])(
    'stays what it is with %j in it',
    (part) => {
      const odd = `bücher.wild.example.net${part}`
      const order = { commonName: '*.wild.example.net', dnsNames: [] }
      expect(reasons(product('ssl_wildcard'), order, { ...order, dnsNames: [normalizeName(odd)] })).toEqual([
        `name-invalid ${odd}`,
      ])
    },
  )

  test.each([
    [64, []],
    [65, ['name-invalid']],
  ])('as a common name of %i characters: %j', (length, expected) => {
    const long = `${'a'.repeat(40)}.${'b'.repeat(length - 46)}.test`
    expect(long).toHaveLength(length)
    const order = { commonName: long, dnsNames: [] }
    expect(reasons(product('ssl_basic'), order, order).map((reason) => reason.split(' ')[0])).toEqual(expected)
  })
})

describe('the common name of a code signing certificate', () => {
  const order = { commonName: 'Example Org LLC', dnsNames: [] }

  test.each(['Example Org LLC', 'example org llc'])('is free text, whatever its case: %s', (commonName) => {
    expect(reasons(product('code_signing'), order, { commonName, dnsNames: [] })).toEqual([])
  })

  test('is another one with a dot more', () => {
    expect(reasons(product('code_signing'), order, { commonName: 'Example Org LLC.', dnsNames: [] })).toEqual([
      'common-name-not-on-order Example Org LLC.',
    ])
  })
})
