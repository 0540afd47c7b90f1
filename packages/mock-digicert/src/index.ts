export type { Role } from './entities.ts'
export type { Diagnosis } from './errors.ts'
export {
  createDigicertMock,
  type DigicertAccount,
  type DigicertJournalEntry,
  type DigicertMock,
  type DigicertMockOptions,
  type DigicertTypes,
} from './mock.ts'
export type { OperationId } from './operations.generated.ts'
export type { ProfileName } from './profiles.ts'
