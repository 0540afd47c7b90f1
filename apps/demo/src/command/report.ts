import type { RolloutPlan } from '../rollout/plan.ts'
import type { RolloutEvent } from '../rollout/progress.ts'
import type { Receipt } from '../rollout/receipt.ts'

const marks: Readonly<Record<RolloutEvent['state'], string>> = { started: '·', waiting: '…', done: '✓' }

/** One line of progress. */
export function formatEvent({ state, text }: RolloutEvent): string {
  return `${marks[state]} ${text}`
}

/** What a run has done, a line each. */
export function formatReceipt({ orderId, requestId, duplicate, uploaded, openTask, deployments }: Receipt): string {
  const lines = [
    ['order', orderId],
    ['request', requestId],
    ['certificate', duplicate && `${duplicate.certificateId}, serial ${duplicate.serialNumber}`],
    ['names', duplicate?.dnsNames.join(', ')],
    ['SHA-1', duplicate?.fingerprintSha1],
    ['SHA-256', duplicate?.fingerprintSha256],
    ['valid until', duplicate?.expirationTime],
    ['at CDN Pro', uploaded && `${uploaded.certificateId}, version ${uploaded.version}`],
    ['under way', openTask && `task ${openTask.taskId} to ${openTask.target}`],
    ...deployments.map(({ target, taskId }) => [target, `verified, task ${taskId}`]),
  ]
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${String(name).padEnd(12)} ${value}`)
    .join('\n')
}

/** What a run would do. */
export function formatPlan(plan: RolloutPlan, place: string): string {
  const upload = plan.certificateId === undefined ? 'as a new certificate' : `as a version of ${plan.certificateId}`
  return [
    `Would talk to ${place}:`,
    `  1. look for a duplicate of order ${plan.orderId} with this key, or request one for ${plan.commonName}`,
    `     (names: ${plan.dnsNames?.join(', ') ?? 'those of the original'}; signature hash ${plan.signatureHash})`,
    `  2. upload it to CDN Pro ${upload}`,
    ...plan.targets.map((target, index) => `  ${index + 3}. deploy it to ${target} and verify it there`),
    'Nothing was done.',
  ].join('\n')
}

/** The receipt as JSON, its members in the order in which things happened. */
export function formatReceiptJson({ orderId, requestId, duplicate, uploaded, openTask, deployments }: Receipt): string {
  return JSON.stringify({ orderId, requestId, duplicate, uploaded, openTask, deployments }, null, 2)
}
