import type { Certificate } from '../entities.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { normalizeHex } from './hex.ts'
import { maySee, parseId } from './orders.ts'

/** @throws Refusal `not_found|certificate` for an unknown certificate and for one that the caller may not see alike. */
export function findCertificate(state: State, caller: Caller, pathValue: string): Certificate {
  return requireVisible(state, caller, state.certificates.get(parseId(pathValue) ?? 0))
}

/** Finds a certificate by its id or, once it is issued, its serial number. @throws Refusal `not_found|certificate` */
export function findByIdOrSerial(state: State, caller: Caller, pathValue: string): Certificate {
  const byId = state.certificates.get(parseId(pathValue) ?? 0)
  return requireVisible(state, caller, byId ?? findBySerial(state, pathValue))
}

/** The certificate of a serial number, in any account. */
export function findBySerial({ certificates }: State, text: string): Certificate | undefined {
  const wanted = normalizeHex(text)
  return wanted === ''
    ? undefined
    : [...certificates.values()].find(({ issuance }) => issuance && normalizeHex(issuance.serialNumber) === wanted)
}

function requireVisible({ orders }: State, caller: Caller, certificate: Certificate | undefined): Certificate {
  if (certificate === undefined) throw refuse('certificate-unknown')
  const order = mustGet(orders, certificate.orderId)
  if (order.accountId !== caller.account.id) throw refuse('certificate-of-other-account')
  if (!maySee(caller, order)) throw refuse('certificate-of-other-user')
  return certificate
}
