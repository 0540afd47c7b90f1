import { expect, it } from 'vitest'
import type { RolloutPlan } from '../rollout/plan.ts'
import type { RolloutEvent } from '../rollout/progress.ts'
import { advanceSteps, failSteps, planSteps, type StepView } from './steps.ts'

const plan: RolloutPlan = {
  orderId: 1,
  commonName: 'example.com',
  dnsNames: undefined,
  signatureHash: 'sha256',
  serverPlatformId: undefined,
  certificateId: undefined,
  targets: ['staging'],
}

function event(step: RolloutEvent['step'], state: RolloutEvent['state']): RolloutEvent {
  return { step, state, text: `${step} ${state}`, receipt: { orderId: 1, deployments: [] } }
}

function summarize(steps: readonly StepView[]): string[] {
  return steps.map(({ step, state }) => `${step}: ${state}`)
}

it('a plan has the steps of its targets alone', () => {
  expect(summarize(planSteps(plan))).toEqual([
    'duplicate: to come',
    'upload: to come',
    'deploy-staging: to come',
    'verify-staging: to come',
  ])
})

it('an approval comes after the duplicate, once it is needed, and waits', () => {
  const steps = advanceSteps(advanceSteps(planSteps(plan), event('duplicate', 'waiting')), event('approval', 'started'))
  expect(summarize(steps).slice(0, 3)).toEqual(['duplicate: waiting', 'approval: waiting', 'upload: to come'])
  expect(advanceSteps(steps, event('approval', 'done'))[1]).toMatchObject({ state: 'done', text: 'approval done' })
})

it('a deployment task that is under way runs', () => {
  const steps = advanceSteps(planSteps(plan), event('deploy-staging', 'waiting'))
  expect(steps[2]).toMatchObject({ state: 'running', text: 'deploy-staging waiting' })
})

it('what was under way fails, what was done stays done, what was to come stays to come', () => {
  const steps = advanceSteps(advanceSteps(planSteps(plan), event('duplicate', 'done')), event('upload', 'started'))
  expect(summarize(failSteps(steps)).slice(0, 3)).toEqual([
    'duplicate: done',
    'upload: failed',
    'deploy-staging: to come',
  ])
})
