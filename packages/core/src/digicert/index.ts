export type { Account } from './account.ts'
export type {
  CertificateChainEntry,
  ContainerReference,
  Domain,
  DuplicateEntry,
  DuplicateRequest,
  DuplicateResponse,
  Intermediate,
  MetadataField,
  Organization,
  Product,
  ProductEntry,
  RequestReference,
  ServerPlatform,
  User,
} from './api.generated.ts'
export type { Certificates, DownloadFormat, OrderFileOptions, PlatformOptions } from './certificates.ts'
export { createDigicertClient, type DigicertClient, type DigicertClientOptions } from './client.ts'
export type { Duplicate, Duplicates } from './duplicates.ts'
export type { Products } from './products.ts'
export type { DecisionOptions, Requests } from './requests.ts'
