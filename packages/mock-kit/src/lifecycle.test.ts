import { describe, expect, test } from 'vitest'
import { advanceLife, beginLife, type Due, type Lifecycle, readLife } from './lifecycle.ts'

type State = 'new' | 'busy' | 'done'

const lifecycle = (first: Due, second: Due): Lifecycle<State> => [
  { from: 'new', to: 'busy', due: first },
  { from: 'busy', to: 'done', due: second },
]
const start = beginLife<State>('new', 1000)

describe('a lifecycle by time', () => {
  const timed = lifecycle({ ms: 5 }, { ms: 15 })

  test.each([
    [1000, 'new', 1000],
    [1004, 'new', 1000],
    [1005, 'busy', 1005],
    [1019, 'busy', 1005],
    [1020, 'done', 1020],
    [9999, 'done', 1020],
  ])('at %d the thing is %s since %d', (nowMs, state, sinceMs) => {
    expect(advanceLife(timed, start, nowMs)).toMatchObject({ state, sinceMs })
  })

  test('gives the same result in many looks as in one', () => {
    let life = start
    for (let nowMs = 1000; nowMs <= 1030; nowMs++) life = advanceLife(timed, life, nowMs)
    expect(life).toEqual(advanceLife(timed, start, 1030))
  })

  test('does not move on a read', () => {
    expect(readLife(timed, start, 1004).state).toBe('new')
  })
})

test('a lifecycle at once is over when somebody looks, and ended when it began', () => {
  expect(advanceLife(lifecycle('at-once', 'at-once'), start, 1300)).toMatchObject({ state: 'done', sinceMs: 1000 })
})

describe('a lifecycle by reads', () => {
  const counted = lifecycle({ reads: 1 }, { reads: 2 })

  test('shows each state as often as its transition waits for', () => {
    const seen: State[] = []
    let life = start
    for (let read = 0; read < 5; read++) {
      seen.push(life.state)
      life = readLife(counted, life, 1000 + read)
    }
    expect(seen).toEqual(['new', 'busy', 'busy', 'done', 'done'])
    expect(life.sinceMs).toBe(1002)
  })

  test('does not move with the time', () => {
    expect(advanceLife(counted, start, 1_000_000)).toBe(start)
  })

  test('passes a state at once that waits for no read', () => {
    expect(readLife(lifecycle({ reads: 1 }, { reads: 0 }), start, 1001).state).toBe('done')
  })
})

test('a final state stays, and reading it changes nothing but the count', () => {
  const life = beginLife<State>('done', 1)
  expect(readLife(lifecycle('at-once', 'at-once'), life, 2)).toEqual({ state: 'done', sinceMs: 1, reads: 1 })
})
