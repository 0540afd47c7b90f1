export type { DeploymentPace } from './domain/task-life.ts'
export {
  type CdnProAccount,
  type CdnProJournalEntry,
  type CdnProMock,
  type CdnProMockOptions,
  type CdnProTypes,
  createCdnProMock,
} from './mock.ts'
export type { PasswordDiagnosis, SignatureDiagnosis } from './signature-diagnosis.ts'
