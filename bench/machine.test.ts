import { expect, it } from 'vitest'
import { parseCoreList, pinned } from './machine.ts'

it('reads the list of cores as taskset writes it', () => {
  expect(parseCoreList('0,1')).toEqual([0, 1])
  expect(parseCoreList('3,6-8')).toEqual([3, 6, 7, 8])
})

it('leaves a command alone where processes cannot be pinned', () => {
  expect(pinned(1, ['node', 'a.js'])).toEqual(['taskset', '-c', '1', 'node', 'a.js'])
  expect(pinned(undefined, ['node', 'a.js'])).toEqual(['node', 'a.js'])
})
