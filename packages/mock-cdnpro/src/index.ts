export type { DeploymentPace } from './domain/task-life.ts'
export {
  type CdnProAccount,
  type CdnProJournalEntry,
  type CdnProMock,
  type CdnProMockOptions,
  createCdnProMock,
} from './mock.ts'
export type { PasswordDiagnosis, SignatureDiagnosis } from './signature-diagnosis.ts'
