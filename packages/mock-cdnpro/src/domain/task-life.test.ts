import { beginLife, type Lifecycle } from '@certtwin/mock-kit'
import { expect, test } from 'vitest'
import type { TaskStatus } from '../entities.ts'
import { createState } from '../state.ts'
import { advanceTasks } from './task-life.ts'

const lab = '642c1dc50000000000000a04'

function setup(outcome: TaskStatus): ReturnType<typeof createState> {
  const state = createState(0)
  const past = state.tasks.get('3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e03')!
  const actions = [{ action: 'deploy_cert', id: lab, version: 2 }] as const
  state.tasks.set('open', { ...past, id: 'open', actions, life: beginLife('waiting', 0) })
  const lifecycle: Lifecycle<TaskStatus> = [{ from: 'waiting', to: outcome, due: { ms: 1000 } }]
  advanceTasks(state, lifecycle, 5000)
  return state
}

test('a task that fails is over and changes nothing', () => {
  const state = setup('failed')
  expect(state.tasks.group('open')).toEqual([])
  expect(state.tasks.get('open')?.life).toMatchObject({ state: 'failed', sinceMs: 1000 })
  expect(state.certificates.get(lab)?.live).toEqual({})
})

test('a task that succeeds is over and has its effect', () => {
  const state = setup('succeeded')
  expect(state.tasks.group('open')).toEqual([])
  expect(state.certificates.get(lab)?.live).toEqual({ staging: 2 })
})
