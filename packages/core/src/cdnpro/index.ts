export type {
  Certificate,
  CertificateVersion,
  CertificateVersionSummary,
  ChainCertificate,
  CreateCertificate,
  CreateDeploymentTask,
  DeploymentAction,
  DeploymentTask,
  IdentificationInfo,
  NewVersion,
  UpdateCertificate,
} from './api.generated.ts'
export type { Certificates } from './certificates.ts'
export { type CdnProClient, type CdnProClientOptions, createCdnProClient } from './client.ts'
export type { Deployments } from './deployments.ts'
export type { Versions } from './versions.ts'
