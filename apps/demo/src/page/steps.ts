import type { RolloutPlan } from '../rollout/plan.ts'
import type { RolloutEvent, Step } from '../rollout/progress.ts'

/** A step of a run as a person sees it. */
export interface StepView {
  readonly step: Step
  readonly title: string
  readonly state: 'to come' | 'running' | 'waiting' | 'done' | 'failed'
  /** What happened last in it, as a sentence; empty before it begins. */
  readonly text: string
}

const titles: Readonly<Record<Step, string>> = {
  duplicate: 'Duplicate at DigiCert',
  approval: 'Approval',
  upload: 'Upload to CDN Pro',
  'deploy-staging': 'Deploy to staging',
  'verify-staging': 'Verify in staging',
  'deploy-production': 'Deploy to production',
  'verify-production': 'Verify in production',
}

/** The steps that a plan certainly has; an approval shows up when it turns out to be needed. */
export function planSteps({ targets }: RolloutPlan): StepView[] {
  const live = targets.flatMap((target): Step[] => [`deploy-${target}`, `verify-${target}`])
  return ['duplicate' as const, 'upload' as const, ...live].map(toComing)
}

function toComing(step: Step): StepView {
  return { step, title: titles[step], state: 'to come', text: '' }
}

/** The steps after an event. */
export function advanceSteps(steps: readonly StepView[], event: RolloutEvent): StepView[] {
  const { step, text } = event
  const isNew = steps.every((other) => other.step !== step)
  const all = isNew ? steps.toSpliced(1, 0, toComing(step)) : steps
  return all.map((other) => (other.step === step ? { ...other, state: stateAfter(event), text } : other))
}

/** What waits is up to somebody; a deployment task that is under way is work like any other. */
function stateAfter({ step, state }: RolloutEvent): StepView['state'] {
  if (state === 'done') return 'done'
  const isUpToSomebody = step === 'approval' || (step === 'duplicate' && state === 'waiting')
  return isUpToSomebody ? 'waiting' : 'running'
}

/** The steps after a failure, which is that of whatever was under way. */
export function failSteps(steps: readonly StepView[]): StepView[] {
  return steps.map((step) =>
    step.state === 'running' || step.state === 'waiting' ? { ...step, state: 'failed' } : step,
  )
}
