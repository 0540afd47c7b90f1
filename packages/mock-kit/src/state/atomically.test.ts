import { describe, expect, it } from 'vitest'
import { atomically } from './atomically.ts'
import { Table } from './table.ts'

function setup(): { one: Table<string | number, { n: number }>; other: Table<string | number, { n: number }> } {
  const groupOf = ({ n }: { n: number }): number => n % 2
  return {
    one: new Table<string | number, { n: number }>(
      [
        ['a', { n: 1 }],
        ['b', { n: 3 }],
      ],
      { groupOf },
    ),
    other: new Table<string | number, { n: number }>([[1, { n: 1 }]]),
  }
}

describe('work that is done atomically', () => {
  it('gives its result, and its changes stay', () => {
    const { one, other } = setup()
    const result = atomically({ one, other }, () => one.set('a', { n: 2 }).size)
    expect(result).toBe(2)
    expect(one.get('a')).toEqual({ n: 2 })
  })

  it('leaves nothing behind when it throws: what it added, changed and deleted is as before, in its order and groups', () => {
    const { one, other } = setup()
    const failure = new Error('Stop.')
    const work = (): void => {
      one.set('c', { n: 5 }).set('b', { n: 4 }).delete('a')
      other.clear()
      throw failure
    }
    expect(() => atomically({ one, other }, work)).toThrow(failure)
    expect([...one]).toEqual([...setup().one])
    expect(one.group(1)).toEqual([{ n: 1 }, { n: 3 }])
    expect(one.group(0)).toEqual([])
    expect([...other]).toEqual([...setup().other])
  })
})
