import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('a seeded generator', () => {
  it('gives the same sequence for the same seed, and another one for another seed', () => {
    const sequence = (seed: string): string[] => {
      const random = createRandom(seed)
      return [random.hex(16), random.uuid(), random.hex(33)]
    }
    expect(sequence('a')).toEqual(sequence('a'))
    expect(sequence('a')).not.toEqual(sequence('b'))
  })

  it('does not repeat itself', () => {
    const random = createRandom('a')
    expect(new Set(Array.from({ length: 1000 }, () => random.hex(16))).size).toBe(1000)
  })

  it('gives as many bytes as asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(200), (seed, length) => {
        expect(createRandom(seed).bytes(length)).toHaveLength(length)
        expect(createRandom(seed).hex(length)).toMatch(new RegExp(`^[0-9a-f]{${length * 2}}$`))
      }),
    )
  })

  it('gives UUIDs of version 4', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(createRandom(seed).uuid()).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        )
      }),
    )
  })
})

describe('a generator without a seed', () => {
  it('differs from every other one', () => {
    expect(createRandom().hex(16)).not.toBe(createRandom().hex(16))
  })
})
