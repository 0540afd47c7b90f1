import type { Day } from '../entities.ts'

const dayMs = 86_400_000

export function dayOf(timeMs: number): Day {
  return Math.floor(timeMs / dayMs)
}

/** 00:00:00 UTC. */
export function startOf(day: Day): Date {
  return new Date(day * dayMs)
}

/** 23:59:59 UTC. */
export function endOf(day: Day): Date {
  return new Date((day + 1) * dayMs - 1000)
}

export function addYears(day: Day, years: number): Day {
  const date = startOf(day)
  return dayOf(date.setUTCFullYear(date.getUTCFullYear() + years))
}

/** Reads YYYY-MM-DD, with or without a time after it; undefined when there is no such day. */
export function parseDay(text: string): Day | undefined {
  const [, date = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text) ?? []
  const day = dayOf(Date.parse(date))
  return !Number.isNaN(day) && formatDay(day) === date ? day : undefined
}

/** As `2019-06-03`. */
export function formatDay(day: Day): string {
  return startOf(day).toISOString().slice(0, 10)
}

/** As `2019-06-03 18:02:50`. */
export function formatMoment(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** As `2019-06-03T18:02:50+00:00`. */
export function formatTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}+00:00`
}
