export { type SpanLike, type TracerLike, openTelemetryHooks } from './hooks.ts'
