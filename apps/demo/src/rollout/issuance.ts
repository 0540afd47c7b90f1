import { isCerttwinError } from '@certtwin/core'
import type { DuplicateRequest } from '@certtwin/core/digicert'
import { NotIssuedError } from './failures.ts'
import { isLeafOf } from './key-pair.ts'
import type { RolloutContext, RolloutPlan } from './plan.ts'
import { describeDuplicate } from './receipt.ts'

/** Sees to it that the duplicate with the key of this run is issued: finds it, or requests it, or waits for it. */
export async function obtainDuplicate(plan: RolloutPlan, context: RolloutContext): Promise<void> {
  const { digicert, keyPair, progress } = context
  progress.tell('duplicate', 'started', `Looking for a duplicate of order ${plan.orderId} with this key.`)
  const existing = await digicert.duplicates.findByKey(plan.orderId, keyPair.csr)
  if (existing === undefined) return requestDuplicate(plan, context)
  progress.tell('duplicate', 'waiting', `Duplicate ${existing.id} with this key is there, status ${existing.status}.`)
  if (existing.status === 'pending') await seekApproval(progress.receipt.requestId, context)
  await awaitIssuance(plan, context)
}

async function requestDuplicate(plan: RolloutPlan, context: RolloutContext): Promise<void> {
  const { digicert, progress } = context
  const duplicate = await digicert.duplicates.create(plan.orderId, toRequest(plan, context))
  if (duplicate.state === 'issued') {
    return acceptChain(
      context,
      duplicate.certificate_id,
      duplicate.certificate_chain.map(({ pem }) => pem),
    )
  }
  if (duplicate.state === 'pending') {
    const requestId = duplicate.requests[0]?.id
    const done = requestId === undefined ? {} : { requestId }
    progress.tell('duplicate', 'waiting', 'The request for a duplicate is made.', done)
    await seekApproval(requestId, context)
  } else {
    progress.tell('duplicate', 'waiting', `Duplicate ${duplicate.certificate_id} waits for validation.`)
  }
  await awaitIssuance(plan, context)
}

function toRequest(plan: RolloutPlan, { keyPair }: RolloutContext): DuplicateRequest {
  return {
    certificate: {
      common_name: plan.commonName,
      ...(plan.dnsNames === undefined ? {} : { dns_names: [...plan.dnsNames] }),
      csr: keyPair.csr,
      ...(plan.serverPlatformId === undefined ? {} : { server_platform: { id: plan.serverPlatformId } }),
      signature_hash: plan.signatureHash,
    },
  }
}

async function awaitIssuance(plan: RolloutPlan, context: RolloutContext): Promise<void> {
  const { digicert, keyPair, pollMs, issuanceDeadlineMs: deadlineMs, signal } = context
  const waitOptions = { pollMs, deadlineMs, ...(signal && { signal }) }
  const wait = digicert.duplicates.waitForIssued(plan.orderId, keyPair.csr, waitOptions)
  const issued = await wait.catch((error: unknown) => {
    if (!isCerttwinError(error) || error.code !== 'timeout') throw error
    throw new NotIssuedError('The duplicate is requested and not issued yet.', context.progress.receipt)
  })
  acceptChain(context, issued.id, await digicert.certificates.download(issued.id))
}

async function seekApproval(requestId: number | undefined, context: RolloutContext): Promise<void> {
  const { approval, digicert, progress } = context
  const name = requestId === undefined ? 'The duplicate' : `Request ${requestId}`
  progress.tell('approval', 'started', `${name} waits for an approval.`)
  const decision = await approval(requestId)
  if (decision === 'wait') return
  if (decision === 'stop' || requestId === undefined) {
    throw new NotIssuedError(`${name} waits for an approval by an administrator or a manager.`, progress.receipt)
  }
  await digicert.requests.approve(requestId)
  progress.tell('approval', 'done', `${name} is approved.`)
}

/** Keeps the chain after checking that the leaf was made for the key of this run. */
function acceptChain({ keyPair, progress }: RolloutContext, certificateId: number, chain: readonly string[]): void {
  if (!isLeafOf(chain[0]!, keyPair)) {
    throw new Error(`Certificate ${certificateId} was issued for another key than the one in the signing request.`)
  }
  const duplicate = describeDuplicate(certificateId, chain)
  const text = `Certificate ${certificateId} for ${duplicate.commonName} is issued, and its key is ours.`
  progress.tell('duplicate', 'done', text, { duplicate })
}
