import { expect, it } from 'vitest'
import { median, percentile, ratiosInRounds, rotated, spreadOf } from './arithmetic.ts'

it('takes the middle value, and of an even number the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 1, 2, 4])).toBe(3)
  expect(median([])).toBeNaN()
})

it('does not count the first round', () => {
  expect(spreadOf([100, 3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, rounds: 3 })
})

it('divides within a round, so that a slow moment of the machine cancels out', () => {
  expect(ratiosInRounds([50, 25], [100, 50])).toEqual([0.5, 0.5])
  expect(() => ratiosInRounds([50], [100, 50])).toThrow('A subject and its base need the same number of rounds.')
})

it('finds percentiles by the nearest rank, whatever the order', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(values, 0.99)).toBe(99)
  expect(percentile([7], 0.99)).toBe(7)
})

it('begins each round with another subject', () => {
  expect(rotated(['a', 'b', 'c'], 4)).toEqual(['b', 'c', 'a'])
  expect(rotated([], 4)).toEqual([])
})
