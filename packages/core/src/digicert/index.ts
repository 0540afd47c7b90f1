export type {
  CertificateChainEntry,
  DuplicateEntry,
  DuplicateRequest,
  DuplicateResponse,
  RequestReference,
  ServerPlatform,
} from './api.generated.ts'
export type { Certificates } from './certificates.ts'
export { createDigicertClient, type DigicertClient, type DigicertClientOptions } from './client.ts'
export type { Duplicate, Duplicates } from './duplicates.ts'
export type { DecisionOptions, Requests } from './requests.ts'
