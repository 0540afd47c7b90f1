import { describe, expect, test } from 'vitest'
import { Refusal, toApiError } from '../errors.ts'
import { pageOf, type Paging, readPaging } from './paging.ts'

const read = (text: string, usualLimit?: number): Paging =>
  readPaging(Object.fromEntries(new URLSearchParams(text)), usualLimit)

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.problems.map((problem) => toApiError(problem).code).join(' ')
  }
}

describe('a page', () => {
  test.each([
    ['', 1000, 0],
    ['limit=5&offset=2', 5, 2],
    ['limit=0', 1000, 0],
    ['limit=&offset=', 1000, 0],
    ['limit=1001', 1000, 0],
    ['limit=999999999999999999999', 1000, 0],
  ])('of %j has the limit %i and the offset %i', (text, limit, offset) => {
    expect(read(text)).toEqual({ limit, offset })
  })

  test.each(['limit=-1', 'limit=x', 'limit=1.5', 'offset=-1', 'offset=1e3'])('of %s is refused', (text) => {
    expect(codeOf(() => read(text))).toBe(`invalid_param:${text.split('=')[0]}`)
  })

  test('is a part of the list, and all of it where that is usual', () => {
    const letters = ['a', 'b', 'c', 'd']
    expect(pageOf(letters, read('limit=2&offset=1'))).toEqual({
      items: ['b', 'c'],
      page: { total: 4, limit: 2, offset: 1 },
    })
    expect(pageOf(letters, read('limit=2&offset=9')).items).toEqual([])
    expect(pageOf(letters, read('offset=1', 0))).toEqual({
      items: ['b', 'c', 'd'],
      page: { total: 4, limit: 0, offset: 1 },
    })
    expect(read('limit=3', 0).limit).toBe(3)
    expect(read('limit=501', 500).limit).toBe(500)
  })
})
