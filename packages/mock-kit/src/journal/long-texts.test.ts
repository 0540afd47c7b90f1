import { describe, expect, it } from 'vitest'
import { createMasking, masked } from './mask.ts'

// Whoever can reach a twin can send it what is tedious to look through: it takes no longer for that.

const textOf = (text: string, secret = ''): string =>
  createMasking({ headers: ['x-key'] })(secret === '' ? [] : ['x-key', secret]).text(text)

describe('a text of a megabyte', { timeout: 20_000 }, () => {
  it('may be backslashes alone behind the name of a secret', () => {
    const text = String.raw`\"key"` + '\\'.repeat(1_000_000)
    expect(textOf(text)).toBe(text)
  })

  it('may hold any number of private keys', () => {
    const start = Buffer.from('-----BEGIN PRIVATE KEY-----').toString('base64')
    expect(textOf(`${start} `.repeat(25_000))).toBe(`${masked} `.repeat(25_000))
  })
})

describe('a long secret', { timeout: 20_000 }, () => {
  it.each([501, 14_000])('of %i characters is hidden where it is percent-encoded', (length) => {
    const secret = Array.from({ length }, (_, index) => index.toString(36))
      .join('/')
      .slice(0, length)
    const safe = textOf(`a ${encodeURIComponent(secret)} z`, secret)
    expect(safe).toMatch(/^a [*]+ z$/)
  })
})
