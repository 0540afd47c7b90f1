import { expect, it } from 'vitest'
import { figureOf, verdictOf } from './measures.ts'

const spread = (median: number) => ({ median, min: median, max: median, rounds: 7 })

it('judges a figure that should be high', () => {
  expect(verdictOf(figureOf('version-query', spread(0.6)))).toBe('goal')
  expect(verdictOf(figureOf('version-query', spread(0.5)))).toBe('floor')
  expect(verdictOf(figureOf('version-query', spread(0.499)))).toBe('missed')
})

it('judges a figure that should be low', () => {
  expect(verdictOf(figureOf('memory', spread(1.3)))).toBe('goal')
  expect(verdictOf(figureOf('memory', spread(1.6)))).toBe('floor')
  expect(verdictOf(figureOf('memory', spread(1.61)))).toBe('missed')
})
