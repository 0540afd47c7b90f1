import { generations } from '../generations.ts'
import type { GenerationName } from '../edition.ts'
import * as errors from './certificate-errors.ts'

/** The members of a new version that hold PEM. */
export type PemField = 'certificate' | 'chainCert' | 'privateKey'

const maxLineLength = 64

/**
 * How PEM may be written: since 2023-08-30 in lines of 64 characters at most, since 2024-08-21 without a carriage return that
 * no line feed follows (documented). Blanks around a line never count, and before these dates anything that can be read is taken.
 *
 * @throws Refusal `InvalidLineBreak`, or a code by the field for a line that is too long
 */
export function requirePemForm(text: string, field: PemField, generation: GenerationName): void {
  if (!generations[generation].judgesPemLines) return
  if (/\r(?!\n)/.test(text)) throw errors.invalidLineBreak(field)
  if (text.split('\n').some((line) => line.trim().length > maxLineLength)) throw errors.lineTooLong(field)
}
