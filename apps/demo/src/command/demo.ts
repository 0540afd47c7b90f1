import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createKeyPair, type KeyPair } from '../rollout/key-pair.ts'
import type { Approval, RolloutPlan } from '../rollout/plan.ts'
import { createProgress, type RolloutEvent } from '../rollout/progress.ts'
import type { Receipt } from '../rollout/receipt.ts'
import { runRollout } from '../rollout/rollout.ts'
import { confirm } from './confirmation.ts'
import { type Endpoints, selectEndpoints, type StartTwins } from './endpoints.ts'
import { readTextFile } from './files.ts'
import { type DemoOptions, defaultOrder } from './options.ts'
import { formatEvent, formatPlan, formatReceipt, formatReceiptJson } from './report.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'
import { UsageError } from './usage-error.ts'

type Print = (line: string) => void

/**
 * Runs the demo as the options say.
 *
 * @throws UsageError, RolloutError, NotIssuedError, CerttwinError
 */
export async function runDemo(options: DemoOptions, startTwins: StartTwins, print: Print): Promise<void> {
  const plan = toPlan(options)
  const endpoints = await selectEndpoints(options, startTwins)
  if (options.dryRun) return print(formatPlan(plan, endpoints.place))
  const folder = await selectFolder(options, endpoints)
  const keyPair = await selectKeyPair(options, plan, folder)
  const known = await selectReceipt(plan, endpoints, folder)
  await folder?.writeKeyPair(keyPair)
  await folder?.writeReceipt({ ...known, place: endpoints.place })
  if (endpoints.kind === 'remote' && !options.yes) {
    await confirm(
      `This duplicates order ${plan.orderId} and deploys to ${plan.targets.join(' and ')}: ${endpoints.place}.`,
    )
  }
  const receipt = await run(plan, options, { endpoints, keyPair, known, folder, print })
  print(options.json ? formatReceiptJson(receipt) : `\nReceipt\n${formatReceipt(receipt)}`)
}

function toPlan(options: DemoOptions): RolloutPlan {
  const commonName = options.commonName ?? (options.order === defaultOrder.id ? defaultOrder.commonName : undefined)
  if (commonName === undefined)
    throw new UsageError(`Name the certificate of order ${options.order} with --common-name.`)
  return {
    orderId: options.order,
    commonName,
    dnsNames: options.dnsName,
    signatureHash: options.signatureHash,
    serverPlatformId: options.platform,
    certificateId: options.certificate,
    targets: options.target === 'both' ? ['staging', 'production'] : [options.target],
  }
}

/** A key that is lost makes its certificate worthless, so at the vendors it must be kept somewhere. */
async function selectFolder({ out, key }: DemoOptions, { kind }: Endpoints): Promise<RunFolder | undefined> {
  if (out !== undefined) return openRunFolder(out)
  if (kind === 'remote' && key === undefined)
    throw new UsageError('Say with --out FOLDER where the new private key is to be kept.')
  return undefined
}

async function selectKeyPair(options: DemoOptions, plan: RolloutPlan, folder?: RunFolder): Promise<KeyPair> {
  if (options.csr !== undefined && options.key === undefined) {
    throw new UsageError('--csr needs --key: CDN Pro takes a certificate together with its private key.')
  }
  const kept = (await folder?.readKeyPair()) ?? {}
  const given = {
    ...(options.key === undefined ? kept : { privateKey: await readTextFile('the private key', options.key) }),
    ...(options.csr === undefined ? {} : { csr: await readTextFile('the signing request', options.csr) }),
  }
  if (kept.privateKey !== undefined && given.privateKey !== kept.privateKey) {
    throw new UsageError('The folder of --out holds another private key: choose an empty folder, or leave out --key.')
  }
  return createKeyPair(plan.commonName, given).catch((error: Error) => {
    throw new UsageError(error.message)
  })
}

/** What an earlier run did, if the folder has its receipt and it was the same order at the same place. */
async function selectReceipt(plan: RolloutPlan, { place, kind }: Endpoints, folder?: RunFolder): Promise<Receipt> {
  const kept = await folder?.readReceipt()
  // Twins in a process end with it, and what they did is gone.
  if (kind !== 'in-process' && kept?.orderId === plan.orderId && kept.place === place) return kept
  return { orderId: plan.orderId, deployments: [] }
}

interface Run {
  readonly endpoints: Endpoints
  readonly keyPair: KeyPair
  readonly known: Receipt
  readonly folder: RunFolder | undefined
  readonly print: Print
}

async function run(
  plan: RolloutPlan,
  options: DemoOptions,
  { endpoints, keyPair, known, folder, print }: Run,
): Promise<Receipt> {
  let written = Promise.resolve()
  const report = (event: RolloutEvent): void => {
    if (!options.json) print(formatEvent(event))
    written = written.then(() => folder?.writeReceipt({ ...event.receipt, place: endpoints.place }))
  }
  const context = {
    digicert: createDigicertClient(endpoints.digicert),
    cdnpro: createCdnProClient(endpoints.cdnpro),
    keyPair,
    progress: createProgress(known, report),
    pollMs: endpoints.pollMs,
    // What is approved now takes the vendor a moment.
    issuanceDeadlineMs: options.wait ?? (options.approve ? 60_000 : 0),
    approval: async () => approvalOf(options),
  }
  try {
    return await runRollout(plan, context)
  } finally {
    await written
  }
}

function approvalOf({ approve, wait }: DemoOptions): Approval {
  if (approve) return 'approve'
  return wait === undefined ? 'stop' : 'wait'
}
