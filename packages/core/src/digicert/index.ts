export type { Account } from './account.ts'
export type {
  ApprovalRequest,
  ApprovalRequestEntry,
  CertificateChainEntry,
  ContainerReference,
  Domain,
  DuplicateEntry,
  DuplicateRequest,
  DuplicateResponse,
  Intermediate,
  MetadataField,
  Order,
  OrderEntry,
  OrderFilters,
  OrderPlacement,
  Organization,
  Product,
  ProductEntry,
  ReissueEntry,
  ReissueRequest,
  RequestFilters,
  RequestReference,
  RevocationResponse,
  ServerPlatform,
  StatusChange,
  User,
} from './api.generated.ts'
export type { Certificates, DownloadFormat, OrderFileOptions, PlatformOptions } from './certificates.ts'
export { createDigicertClient, type DigicertClient, type DigicertClientOptions } from './client.ts'
export type { Duplicate, DuplicateOptions, Duplicates } from './duplicates.ts'
export type { Issuance } from './issuance.ts'
export type { ChangePeriod, OrderQuery, Orders } from './orders.ts'
export type { Revocation, RevocationOptions, RevocationReason } from './revocation.ts'
export type { Products } from './products.ts'
export type { DecisionOptions, RequestQuery, Requests } from './requests.ts'
export * from '../vendor-neutral.ts'
