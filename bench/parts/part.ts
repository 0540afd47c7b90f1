import type { Spread } from '../arithmetic.ts'
import type { Load } from '../load.ts'
import type { Cores } from '../machine.ts'
import type { Figure } from '../measures.ts'
import type { Workshop } from '../workshop.ts'

/** How long everything takes, and where. */
export interface Setting {
  readonly rounds: number
  readonly sampleMs: number
  /** Load before each sample. */
  readonly warmUpMs: number
  /** Load on each server before its first round. */
  readonly firstWarmUpMs: number
  /** After how many requests memory is read. */
  readonly memoryRequests: number
  readonly cores: Cores | undefined
  readonly workshop: Workshop
  readonly load: Load
}

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface PartResult {
  readonly figures: readonly Figure[]
  readonly tables: readonly Table[]
}

/** One part of the benchmark, that `--only` can name. */
export interface Part {
  readonly name: string
  readonly run: (setting: Setting) => Promise<PartResult>
}

/** Median, smallest and largest for a table's cells; dashes where nothing was measured. */
export function cellsOf(spread: Spread | undefined): string[] {
  if (spread === undefined) return ['–', '–']
  return [short(spread.median), `${short(spread.min)} to ${short(spread.max)}`]
}

/** A number with three digits that mean something, or whole when it is large. */
export function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}
