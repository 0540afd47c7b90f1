export type {
  Certificate,
  CertificateEntry,
  CertificateSigningRequest,
  CertificateUsage,
  CertificateVersion,
  CertificateVersionSummary,
  ChainCertificate,
  CreateCertificate,
  CreateDeploymentTask,
  DcvFile,
  DeploymentAction,
  DeployedProperty,
  DeploymentTask,
  DeploymentTaskEntry,
  HostnameUse,
  IdentificationInfo,
  NewVersion,
  PropertyVersion,
  UpdateCertificate,
  Validation,
} from './api.generated.ts'
export type { CertificatePage, CertificateQuery, Certificates, CsrOptions } from './certificates.ts'
export { type CdnProClient, type CdnProClientOptions, createCdnProClient } from './client.ts'
export type { Deployed, Deployment } from './deploy-and-wait.ts'
export type { DeploymentPage, DeploymentQuery, Deployments } from './deployments.ts'
export type { DoorName } from './doors.ts'
export type { Hostnames } from './hostnames.ts'
export type { Properties } from './properties.ts'
export type { Validations } from './validations.ts'
export type { Versions } from './versions.ts'
export * from '../vendor-neutral.ts'
