import { assert, bigInt, pre, property } from 'fast-check'
import { expect, test } from 'vitest'
import { greatestCommonDivisor, modularInverse } from './modular.ts'

const large = bigInt({ min: 1n, max: 1n << 2048n })
const modulus = bigInt({ min: 2n, max: 1n << 2048n })

test('an inverse times its number is 1, and it lies below the modulus', () => {
  assert(
    property(large, modulus, (value, m) => {
      pre(greatestCommonDivisor(value, m) === 1n)
      const inverse = modularInverse(value, m)
      expect((value * inverse) % m).toBe(1n)
      expect(inverse >= 0n && inverse < m).toBe(true)
    }),
  )
})

test('numbers that share a divisor have no inverse', () => {
  assert(
    property(large, modulus, bigInt({ min: 2n, max: 1n << 64n }), (value, m, divisor) => {
      expect(() => modularInverse(value * divisor, m * divisor)).toThrow(RangeError)
    }),
  )
})

test('a common divisor divides both, and leaves nothing in common', () => {
  assert(
    property(large, large, (one, other) => {
      const divisor = greatestCommonDivisor(one, other)
      expect([one % divisor, other % divisor]).toEqual([0n, 0n])
      expect(greatestCommonDivisor(one / divisor, other / divisor)).toBe(1n)
    }),
  )
})

test.each([
  [3n, 11n, 4n],
  [10n, 17n, 12n],
  [17n, 3120n, 2753n],
])('the inverse of %s modulo %s is %s', (value, m, inverse) => {
  expect(modularInverse(value, m)).toBe(inverse)
})
