import { createRandom, Table } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { chainOf, isIssued } from './domain/issuance.ts'
import { profiles } from './profiles.ts'
import { createSeededState } from './seed-state.ts'
import { duplicatesOf, mustGet, type State } from './state.ts'
import { start } from './test-world.ts'

function setupState(): State {
  return createSeededState({ nowMs: Date.parse(start), random: createRandom('tests'), profile: profiles['2019'] })
}

describe('the state', () => {
  test('is made of values that JSON can hold, and has some of each kind', () => {
    const rows = Object.entries(setupState()).map(([name, table]) => [name, [...table]] as const)
    expect(JSON.parse(JSON.stringify(rows))).toStrictEqual(rows)
    expect(rows.filter(([, entries]) => entries.length === 0)).toEqual([])
  })

  test('has its keys in the secret table alone', () => {
    const { apiKeys, ...others } = setupState()
    const open = Object.values(others)
    expect(apiKeys.isSecret).toBe(true)
    expect(open.filter(({ isSecret }) => isSecret)).toEqual([])
    expect(JSON.stringify(open.map((table) => [...table]))).not.toContain('MOCKKEY')
  })
})

describe('a certificate', () => {
  test('is the same when it is made from a copy of what is stored', () => {
    const state = setupState()
    const copy: State = {
      ...state,
      certificates: new Table(JSON.parse(JSON.stringify([...state.certificates])), {
        groupOf: ({ orderId }) => orderId,
      }),
    }
    const [one, other] = [state, copy].map((each) => {
      const [duplicate] = duplicatesOf(each, 100003)
      if (duplicate === undefined || !isIssued(duplicate)) throw new Error('The seeds have no such duplicate.')
      return chainOf({ state: each, seed: undefined }, duplicate)
    })
    expect(other![0]).not.toBe(one![0])
    expect(other![0].pem).toBe(one![0].pem)
  })

  test('is made once, also when what surrounds its issuance changes', () => {
    const state = setupState()
    const certificate = mustGet(state.certificates, 100101)
    if (!isIssued(certificate)) throw new Error('The seeds have no such certificate.')
    const before = chainOf({ state, seed: undefined }, certificate)
    expect(chainOf({ state, seed: undefined }, { ...certificate, status: 'revoked' })).toBe(before)
  })
})
