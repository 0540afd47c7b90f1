import { expect, it } from 'vitest'
import { createCounter } from './counter.ts'

it('counts in the place of the digits, and leaves what it gave as it was', () => {
  const next = createCounter(Buffer.from('before #000 after'), '#000')
  const given = [next(), next(), next()]
  expect(given.map(String)).toEqual(['before 0001 after', 'before 0002 after', 'before 0003 after'])
})

it('gives a request without such digits as it is', () => {
  const next = createCounter(Buffer.from('GET /'), '#000')
  expect([next(), next()].map(String)).toEqual(['GET /', 'GET /'])
})
