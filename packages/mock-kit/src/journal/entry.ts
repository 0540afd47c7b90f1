import type { AnswerRecord } from '../exchange.ts'
import type { FaultHit } from '../faults/fault.ts'

/** A header as a pair of name and value. */
export type HeaderPair = readonly [name: string, value: string]

/** One half of an exchange as the journal keeps it; what is secret was masked before. */
export interface JournalMessage<Body> {
  readonly headers: readonly HeaderPair[]
  readonly body: Body
}

/** One line of the journal. */
export interface JournalEntry {
  /** Counts the requests of the world from 1. */
  readonly id: number
  readonly world: string
  /** When the request came, on the clock of the world, in milliseconds since the epoch. */
  readonly startedMs: number
  /** How long it took in real milliseconds. */
  readonly durationMs: number
  readonly method: string
  readonly url: string
  readonly operation: string | undefined
  /** Who called, by a name that is no secret; undefined where the request did not get that far. */
  readonly account: string | undefined
  /** 0 where no answer was sent. */
  readonly status: number
  /** Why the request was refused, more exactly than the wire says, or what was tolerated about it. */
  readonly diagnosis: string | undefined
  readonly fault: FaultHit | undefined
  readonly request: JournalMessage<string>
  readonly response: JournalMessage<AnswerRecord['body']>
}
