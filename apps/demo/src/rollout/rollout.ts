import { deploy, requireTaker, upload } from './deployment.ts'
import { RolloutError } from './failures.ts'
import { obtainDuplicate } from './issuance.ts'
import type { RolloutContext, RolloutPlan } from './plan.ts'
import type { Receipt } from './receipt.ts'

/**
 * Duplicates a certificate at DigiCert, stores it at CDN Pro, deploys it to each target and verifies it there.
 *
 * A run with a key that was used before goes on from what is there: it looks for the duplicate with that key, and the
 * receipt in `context.progress` says what else is done.
 *
 * @throws RolloutError with what is known to have happened
 */
export async function runRollout(plan: RolloutPlan, context: RolloutContext): Promise<Receipt> {
  try {
    const { duplicate, uploaded } = context.progress.receipt
    if (uploaded === undefined && plan.certificateId !== undefined) await requireTaker(plan.certificateId, context)
    if (duplicate === undefined) await obtainDuplicate(plan, context)
    await upload(plan, context)
    for (const target of plan.targets) await deploy(target, context)
    return context.progress.receipt
  } catch (error) {
    if (error instanceof RolloutError) throw error
    throw new RolloutError(error instanceof Error ? error.message : String(error), context.progress.receipt, error)
  }
}
