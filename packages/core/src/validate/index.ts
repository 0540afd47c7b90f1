export { cdnProValidators } from './cdnpro.generated.js'
export { digicertValidators } from './digicert.generated.js'
export type { AnswerValidator, AnswerValidators } from '../transport/validation.ts'
