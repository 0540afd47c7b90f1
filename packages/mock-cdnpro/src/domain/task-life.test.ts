import { beginLife } from '@certtwin/mock-kit'
import { expect, test } from 'vitest'
import { createState } from '../state.ts'
import { advanceTasks } from './task-life.ts'

const lab = '642c1dc50000000000000a04'

function setup(failure: string | undefined): ReturnType<typeof createState> {
  const state = createState(0)
  const past = state.tasks.get('3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e03')!
  const actions = [{ action: 'deploy_cert', id: lab, version: 2 }] as const
  state.tasks.set('open', { ...past, id: 'open', actions, life: beginLife('waiting', 0), failure })
  advanceTasks(state, 'default', 50_000)
  return state
}

test('a task that fails is over and changes nothing', () => {
  const state = setup('injected')
  expect(state.tasks.group('open')).toEqual([])
  expect(state.tasks.get('open')?.life).toMatchObject({ state: 'failed', sinceMs: 20_000 })
  expect(state.certificates.get(lab)?.live).toEqual({})
})

test('a task that succeeds is over and has its effect', () => {
  const state = setup(undefined)
  expect(state.tasks.group('open')).toEqual([])
  expect(state.certificates.get(lab)?.live).toEqual({ staging: 2 })
})
