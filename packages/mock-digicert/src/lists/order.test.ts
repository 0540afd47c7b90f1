import { describe, expect, test } from 'vitest'
import { newestFirst, sortList } from './order.ts'

const query = (text: string): URLSearchParams => new URLSearchParams(text)

describe('the order of a list', () => {
  const things = [
    { id: 1, createdMs: 5, name: 'b' },
    { id: 2, createdMs: 5, name: 'a' },
    { id: 3, createdMs: 9, name: undefined },
    { id: 4, createdMs: 1, name: 'b' },
  ]
  const keys = { name: ({ name }: (typeof things)[number]) => name, id: ({ id }: (typeof things)[number]) => id }
  const sorted = (text: string): number[] => sortList(things, query(text), keys).map(({ id }) => id)

  test('is newest first, and the higher id first of the same moment', () => {
    expect(things.toSorted(newestFirst).map(({ id }) => id)).toEqual([3, 2, 1, 4])
  })

  test.each([
    ['sort=name', [2, 1, 4, 3]],
    ['sort=%2Bname', [2, 1, 4, 3]],
    ['sort=+name', [2, 1, 4, 3]],
    ['sort=-name', [1, 4, 2, 3]],
    ['sort=-name,-id', [4, 1, 2, 3]],
    ['sort=name, -id', [2, 4, 1, 3]],
    ['sort=shoe_size,-id', [4, 3, 2, 1]],
    ['sort=toString', [1, 2, 3, 4]],
    ['sort=', [1, 2, 3, 4]],
    ['', [1, 2, 3, 4]],
  ])('by %j is %j', (text, expected) => {
    expect(sorted(text)).toEqual(expected)
  })
})
