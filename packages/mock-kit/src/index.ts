export { answer, answerJson } from './answer.ts'
export { isDeeperThan, isRecord, parseJsonObject } from './body.ts'
export { type Check, withChecks } from './checks.ts'
export { type Clock, type ClockOptions, createClock, createManualClock, type Moment, type TwinClock } from './clock.ts'
export { listControlRoutes } from './control/plane.ts'
export {
  type Action,
  ControlError,
  type HeaderSource,
  type PublicPart,
  type TwinApplication,
  type TwinBindings,
  type TwinDefinition,
} from './definition.ts'
export type { AnswerRecord, Exchange, RequestBody } from './exchange.ts'
export type { DocumentedError, DocumentedErrors } from './faults/documented-error.ts'
export {
  type CodedFaultRule,
  FaultError,
  type FaultHit,
  type FaultKind,
  type FaultRule,
  type FaultStatus,
} from './faults/fault.ts'
export type { Faults } from './faults/faults.ts'
export type { Answer, Arrival, Fetch, OpenFetch } from './fetch.ts'
export { asFetchFailure, isFetchFailure, type WireEffect, WireFault } from './faults/wire-fault.ts'
export type { HeaderPair, JournalEntry, JournalMessage } from './journal/entry.ts'
export { type Har, toHar } from './journal/har.ts'
export type { Journal, JournalLimits } from './journal/journal.ts'
export type { JournalQuery } from './journal/query.ts'
export { toCurl } from './journal/curl.ts'
export { advanceLife, beginLife, type Due, type Life, type Lifecycle, readLife, type Transition } from './lifecycle.ts'
export { ListenError } from './listen/listen-error.ts'
export type { TwinListening, TwinListenOptions } from './listen/listen-twin.ts'
export { listen, type Listening, type ListenOptions, type ServeOptions } from './listen/listen.ts'
export { memoize } from './memo.ts'
export { createOperationFinder, type Operation, type OperationFinder } from './operations.ts'
export { createRandom, type Random } from './random.ts'
export { createRateLimiter, type RateLimiter, type RateWindow } from './rate-limiter.ts'
export { type ClockReading, type Snapshot, SnapshotError } from './state/snapshot.ts'
export { StoreError, type StoreErrorCode } from './state/store-error.ts'
export { hasChanges, Table, type TableOptions, type Tables } from './state/table.ts'
export { createTokenBuckets, type Taken, type TokenBuckets } from './token-buckets.ts'
export { createTwin, type Twin, type TwinOptions, type WorldHandle } from './twin.ts'
export type { TwinTypes, TypedTwin, TypedWorld } from './typed-twin.ts'
export { bodyProblems, type BodyProblem, type ValidationError, type Validator } from './validation.ts'
export { defaultWorld, isWorldName, type Soil, type World } from './world.ts'
export type { WorldControl } from './world-control.ts'
