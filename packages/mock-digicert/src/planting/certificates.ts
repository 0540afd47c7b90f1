import type { Random } from '@certtwin/mock-kit'
import { csrProblems, type KnownCsr, readBuiltInCsr, readCsr } from '../domain/csr.ts'
import { isOpen } from '../domain/request-life.ts'
import type { Certificate, Order, OrderStatus, RequestRecord } from '../entities.ts'
import type { Product } from '../products.ts'
import type { Profile } from '../profiles.ts'
import { mustGet, type State } from '../state.ts'
import { claimId, requireNoProblem } from './contradiction.ts'

/** What the dates and serial numbers of planted data come from. */
export interface Soil {
  readonly nowMs: number
  readonly random: Random
  readonly profile: Profile
}

export const dayMs = 86_400_000

type Details = 'csr' | 'spki' | 'keyBits' | 'serverPlatformId' | 'signatureHash' | 'caCertId' | 'validityWish'

/** What a certificate has that nobody asked for otherwise. @throws ControlError when the CSR cannot be used */
export function certificateDetails(
  product: Product,
  csr: string | undefined,
  subject: string,
): Pick<Certificate, Details> {
  return {
    ...keyDetails(product, csr, subject),
    serverPlatformId: -1,
    signatureHash: 'sha256',
    caCertId: product.validation === 'EV' ? '1006' : '1005',
    validityWish: {},
  }
}

/** The built-in CSR is taken for every product, be its key too small for some. */
function keyDetails(
  product: Product,
  csr: string | undefined,
  subject: string,
): Pick<Certificate, 'csr' | 'spki' | 'keyBits'> {
  const { text, spki, publicKey } = csr === undefined ? readBuiltInCsr() : requireCsr(csr, product, subject)
  return { csr: text, spki, keyBits: publicKey.bits }
}

function requireCsr(text: string, product: Product, subject: string): KnownCsr {
  const csr = readCsr(text)
  requireNoProblem(csrProblems(csr, product), subject)
  return csr! // one that cannot be read is a problem
}

/** A certificate with the names and the requester of the order's primary one, not issued. */
export function copyOf(
  { orderId, commonName, dnsNames, requesterId }: Certificate,
  details: Pick<Certificate, Details>,
): Omit<Certificate, 'id' | 'createdMs' | 'issuance'> {
  return { ...details, orderId, commonName, dnsNames, requesterId, status: 'pending' }
}

/** The request for a certificate, decided at once if it is decided. @throws ControlError when its id is taken */
export function plantRequest(
  state: State,
  id: number | undefined,
  type: RequestRecord['type'],
  certificate: Certificate,
  status: RequestRecord['status'],
  { createdMs = certificate.createdMs, comments }: Partial<Pick<RequestRecord, 'createdMs' | 'comments'>> = {},
): void {
  const { id: certificateId, orderId, requesterId } = certificate
  const claimed = claimId(state, 'requests', id)
  state.requests.set(claimed, {
    id: claimed,
    orderId,
    type,
    certificateId,
    orderStatus: statusAtRequest(state, orderId, type),
    ...(type === 'revoke' && { revocation: { scope: 'order', reason: 'unspecified' } }),
    requesterId,
    createdMs,
    ...(comments !== undefined && { comments }),
    status,
    ...(!isOpen(status) && { processing: { processorId: requesterId, processedMs: createdMs } }),
  })
}

/** What the order would have been just after somebody had made the request through the API. */
function statusAtRequest({ orders, containers }: State, orderId: number, type: RequestRecord['type']): OrderStatus {
  if (type === 'reissue') return 'reissuePending'
  if (type !== 'newRequest') return 'issued'
  const { approvesAtOnce, isValidated } = mustGet(containers, mustGet(orders, orderId).containerId)
  if (!approvesAtOnce) return 'needsApproval'
  return isValidated ? 'issued' : 'pending'
}

/** Takes an order out, with all that hangs on it. */
export function removeOrder({ orders, certificates, requests }: State, id: Order['id']): void {
  if (!orders.delete(id)) return
  for (const certificate of certificates.group(id)) certificates.delete(certificate.id)
  for (const request of requests.values()) if (request.orderId === id) requests.delete(request.id)
}
