import { NotIssuedError } from '../rollout/failures.ts'
import { createKeyPair } from '../rollout/key-pair.ts'
import type { Approval, RolloutPlan } from '../rollout/plan.ts'
import { createProgress, type RolloutEvent } from '../rollout/progress.ts'
import type { IssuedDuplicate, Receipt } from '../rollout/receipt.ts'
import { runRollout } from '../rollout/rollout.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { type Clients, createTracedClients, type Services } from './services.ts'
import { advanceSteps, failSteps, planSteps, type StepView } from './steps.ts'
import type { Exchange } from './trace.ts'

/** A receipt without the PEM texts. */
export interface ReceiptView extends Omit<Receipt, 'duplicate'> {
  readonly duplicate?: Omit<IssuedDuplicate, 'chain'>
}

/** A run as a person sees it. `waiting` means that it waits for a decision about its request. */
export interface RunView {
  readonly id: number
  readonly orderId: number
  readonly commonName: string
  readonly state: 'running' | 'waiting' | 'succeeded' | 'not issued yet' | 'failed'
  /** What happened last, as a sentence. */
  readonly message: string
  readonly steps: readonly StepView[]
  readonly receipt: ReceiptView
}

/** What those who watch a run are told: how it stands now, or a request that went over the wire. */
export type RunEvent =
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'exchange'; readonly exchange: Exchange }

export type Decision = 'approve' | 'reject'

export interface Run {
  readonly view: RunView
  readonly events: EventLog<RunEvent>
  /** @returns false when nothing waits for a decision */
  decide(decision: Decision): boolean
}

/** What runs need from around them. */
export interface RunSettings {
  readonly services: Services
  /** The pause between two looks at something unfinished, in milliseconds. */
  readonly pollMs: number
  /** How long to wait for a duplicate that is approved or waits for validation, in milliseconds. */
  readonly issuanceDeadlineMs: number
}

/** Starts a run and returns at once; `signal` ends it. */
export function startRun(id: number, plan: RolloutPlan, settings: RunSettings, signal: AbortSignal): Run {
  const events = createEventLog<RunEvent>()
  const clients = createTracedClients(settings.services, (exchange) => events.add({ kind: 'exchange', exchange }))
  let view = beginView(id, plan)
  let waiting: PromiseWithResolvers<Decision> | undefined
  const show = (change: Partial<RunView>): void => {
    view = { ...view, ...change }
    events.add({ kind: 'run', run: view })
  }
  const report = (event: RolloutEvent): void =>
    show({ message: event.text, steps: advanceSteps(view.steps, event), receipt: toReceiptView(event.receipt) })
  const approval = async (requestId: number | undefined): Promise<Approval> => {
    waiting = Promise.withResolvers()
    show({ state: 'waiting' })
    return carryOut(await waiting.promise, requestId, clients)
  }
  const decide = (decision: Decision): boolean => {
    if (waiting === undefined) return false
    waiting.resolve(decision)
    waiting = undefined
    show({ state: 'running' })
    return true
  }
  show({})
  void rollOut(plan, { ...settings, ...clients, report, approval, signal })
    .then(
      () => show({ state: 'succeeded', message: 'The certificate is live and verified.' }),
      (error: unknown) => show(toEnd(view, error)),
    )
    .then(() => events.end())
  return {
    get view() {
      return view
    },
    events,
    decide,
  }
}

function beginView(id: number, plan: RolloutPlan): RunView {
  const { orderId, commonName } = plan
  const receipt = { orderId, deployments: [] }
  return { id, orderId, commonName, state: 'running', message: 'The run begins.', steps: planSteps(plan), receipt }
}

/** A rejected request is left to the wait for its certificate, which sees it as the vendor reports it. */
async function carryOut(decision: Decision, requestId: number | undefined, { digicert }: Clients): Promise<Approval> {
  if (decision === 'approve') return 'approve'
  if (requestId !== undefined) await digicert.requests.reject(requestId)
  return 'wait'
}

interface RolloutSettings extends Omit<RunSettings, 'services'>, Clients {
  readonly report: (event: RolloutEvent) => void
  readonly approval: (requestId: number | undefined) => Promise<Approval>
  readonly signal: AbortSignal
}

async function rollOut(plan: RolloutPlan, { report, ...settings }: RolloutSettings): Promise<void> {
  const keyPair = await createKeyPair(plan.commonName)
  const progress = createProgress({ orderId: plan.orderId, deployments: [] }, report)
  await runRollout(plan, { ...settings, keyPair, progress })
}

function toReceiptView({ duplicate, ...receipt }: Receipt): ReceiptView {
  if (duplicate === undefined) return receipt
  const { chain: _chain, ...described } = duplicate
  return { ...receipt, duplicate: described }
}

function toEnd({ steps }: RunView, error: unknown): Partial<RunView> {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof NotIssuedError) return { state: 'not issued yet', message }
  return { state: 'failed', message, steps: failSteps(steps) }
}
