import { HTTPException } from 'hono/http-exception'
import type { RolloutPlan } from '../rollout/plan.ts'
import type { Target } from '../rollout/verification.ts'
import type { Decision } from './run.ts'

const hashes = ['sha256', 'sha384', 'sha512']
const targets: readonly Target[] = ['staging', 'production']

/**
 * What a person wants to have run. Names are judged by the services, not here.
 *
 * @throws HTTPException 400 with a sentence for that person
 */
export function parseRunRequest(input: unknown): RolloutPlan {
  const { orderId, commonName, dnsNames, signatureHash, targets: wanted } = toRecord(input)
  expect(Number.isSafeInteger(orderId) && Number(orderId) > 0, 'The order is a positive whole number.')
  expect(isName(commonName), 'Name the common name of the duplicate.')
  expect(Array.isArray(dnsNames) && dnsNames.every(isName), 'The further names are a list of names.')
  expect(hashes.includes(String(signatureHash)), 'The signature hash is sha256, sha384 or sha512.')
  const chosen = targets.filter((target) => Array.isArray(wanted) && wanted.includes(target))
  expect(chosen.length > 0, 'Choose where to deploy: staging, production or both.')
  return {
    orderId: orderId as number,
    commonName: commonName as string,
    dnsNames: (dnsNames as string[]).length === 0 ? undefined : (dnsNames as string[]),
    signatureHash: signatureHash as string,
    serverPlatformId: undefined,
    certificateId: undefined,
    targets: chosen,
  }
}

/** @throws HTTPException 400 when it is neither */
export function parseDecision(input: unknown): Decision {
  const { decision } = toRecord(input)
  if (decision === 'approve' || decision === 'reject') return decision
  throw new HTTPException(400, { message: 'The decision is approve or reject.' })
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function toRecord(input: unknown): Readonly<Record<string, unknown>> {
  expect(typeof input === 'object' && input !== null, 'Send a JSON object.')
  return input as Readonly<Record<string, unknown>>
}

function expect(isFulfilled: boolean, message: string): void {
  if (!isFulfilled) throw new HTTPException(400, { message })
}
