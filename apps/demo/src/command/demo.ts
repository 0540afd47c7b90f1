import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { RolloutError } from '../rollout/failures.ts'
import { createKeyPair, isLeafOf, type KeyPair } from '../rollout/key-pair.ts'
import type { Approval, RolloutPlan } from '../rollout/plan.ts'
import { createProgress, type RolloutEvent } from '../rollout/progress.ts'
import type { Receipt } from '../rollout/receipt.ts'
import { runRollout } from '../rollout/rollout.ts'
import { confirm } from './confirmation.ts'
import { type Endpoints, inProcess, selectEndpoints, type StartTwins } from './endpoints.ts'
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
  const known = await selectReceipt(plan, endpoints, keyPair, folder)
  if (endpoints.kind === 'remote' && !options.yes) {
    const targets = plan.targets.join(' and ')
    await confirm(`This duplicates order ${plan.orderId} and deploys to ${targets}: ${endpoints.place}.`)
  }
  await folder?.keepKeyPair(keyPair)
  await folder?.writeReceipt({ ...known, place: endpoints.place })
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
  const keyPair = await toKeyPair(plan, given)
  if (kept.privateKey !== undefined && (await toKeyPair(plan, kept)).publicKey !== keyPair.publicKey) {
    throw new UsageError('The folder of --out holds another private key: choose an empty folder, or leave out --key.')
  }
  return keyPair
}

function toKeyPair({ commonName }: RolloutPlan, given: Partial<KeyPair>): Promise<KeyPair> {
  return createKeyPair(commonName, given).catch((error: Error) => {
    throw new UsageError(error.message)
  })
}

/**
 * What an earlier run did, if the folder has its receipt. Twins in a process end with it, so what they did is gone.
 *
 * @throws UsageError when the receipt is of something else, which must not be written over
 */
async function selectReceipt(
  plan: RolloutPlan,
  { place, kind }: Endpoints,
  keyPair: KeyPair,
  folder?: RunFolder,
): Promise<Receipt> {
  const fresh: Receipt = { orderId: plan.orderId, deployments: [] }
  const kept = await folder?.readReceipt()
  if (kept === undefined || kept.place === inProcess) return fresh
  if (kind === 'in-process' || kept.orderId !== plan.orderId || kept.place !== place) {
    throw new UsageError(
      `The folder of --out holds the receipt of order ${kept.orderId} at ${kept.place}: choose another.`,
    )
  }
  const [leaf] = kept.duplicate?.chain ?? []
  if (leaf === undefined || isLeafOf(leaf, keyPair)) return kept
  throw new UsageError(
    'The receipt in the folder of --out is for another private key: put that key back, or choose another folder.',
  )
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
  let unwritten: Error | undefined
  const report = (event: RolloutEvent): void => {
    if (!options.json) print(formatEvent(event))
    written = written
      .then(() => folder?.writeReceipt({ ...event.receipt, place: endpoints.place }))
      .catch((error: Error) => void (unwritten ??= error))
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
  const receipt = await runRollout(plan, context).finally(() => written)
  if (unwritten !== undefined) throw new RolloutError(unwritten.message, receipt)
  return receipt
}

function approvalOf({ approve, wait }: DemoOptions): Approval {
  if (approve) return 'approve'
  return wait === undefined ? 'stop' : 'wait'
}
