export type { DeploymentPace } from './domain/task-life.ts'
export type { DoorName, Edition, GenerationName } from './edition.ts'
export {
  type CdnProAccount,
  type CdnProJournalEntry,
  type CdnProMock,
  type CdnProMockOptions,
  type CdnProTypes,
  createCdnProMock,
} from './mock.ts'
export type { AccessKeyDiagnosis, SignatureMistake } from './signature/access-key-diagnosis.ts'
export type { PasswordDiagnosis } from './signature/basic-diagnosis.ts'
export type { BasicDiagnosis, SignatureDiagnosis } from './signature/diagnosis.ts'
