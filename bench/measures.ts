import type { Spread } from './arithmetic.ts'

/** A figure to reach: `floor` must be, `goal` should be. */
export interface Aim {
  readonly says: string
  readonly floor: number
  readonly goal: number
  readonly better: 'higher' | 'lower'
}

export type Measure =
  | 'version-query'
  | 'version-query-no-journal'
  | 'duplicate'
  | 'issued-duplicate'
  | 'in-process'
  | 'in-process-msw'
  | 'cold-start-cdnpro'
  | 'cold-start-digicert'
  | 'memory'
  | 'memory-growth'
  | 'client-get'
  | 'client-post'
  | 'size-cdnpro'
  | 'size-digicert'

const base = 'bare `node:http`'

export const aims: Readonly<Record<Measure, Aim>> = {
  'version-query': {
    says: `signed version query, 16 connections, everything on ÷ ${base}`,
    floor: 0.5,
    goal: 0.6,
    better: 'higher',
  },
  'version-query-no-journal': {
    says: `the same with the journal off ÷ ${base}`,
    floor: 0.5,
    goal: 0.7,
    better: 'higher',
  },
  duplicate: {
    says: `duplicate that needs approval, 16 connections, everything on ÷ ${base}`,
    floor: 0.35,
    goal: 0.45,
    better: 'higher',
  },
  'issued-duplicate': {
    says: 'issued duplicates a second, RSA-2048 ÷ `crypto.sign` RSA-2048 a second',
    floor: 0.18,
    goal: 0.4,
    better: 'higher',
  },
  'in-process': {
    says: 'time of `mock.fetch` with a new Request ÷ that of a stub with a new Request',
    floor: 2.1,
    goal: 1.5,
    better: 'lower',
  },
  'in-process-msw': {
    says: 'time of `fetch` under MSW ÷ that of `mock.fetch`, answers read',
    floor: 20,
    goal: 50,
    better: 'higher',
  },
  'cold-start-cdnpro': { says: `CDN Pro twin, start to first answer ÷ ${base}`, floor: 2, goal: 1.3, better: 'lower' },
  'cold-start-digicert': {
    says: `DigiCert twin, start to first answer ÷ ${base}`,
    floor: 2,
    goal: 1.3,
    better: 'lower',
  },
  memory: {
    says: `memory after 200,000 requests (10,000 with --quick) ÷ ${base}`,
    floor: 1.6,
    goal: 1.3,
    better: 'lower',
  },
  'memory-growth': {
    says: 'memory after as many requests again ÷ memory before them',
    floor: 1.1,
    goal: 1.05,
    better: 'lower',
  },
  'client-get': {
    says: "time of the client's GET, signed, limited, with retry ÷ that of bare `fetch`, both over a stub",
    floor: 3,
    goal: 2.5,
    better: 'lower',
  },
  'client-post': { says: 'the same for a POST', floor: 4, goal: 3, better: 'lower' },
  'size-cdnpro': {
    says: 'installed size of `@certtwin/mock-cdnpro` with its dependencies, MB',
    floor: 12,
    goal: 8,
    better: 'lower',
  },
  'size-digicert': {
    says: 'installed size of `@certtwin/mock-digicert` with its dependencies, MB',
    floor: 12,
    goal: 8,
    better: 'lower',
  },
}

/** An entry of `results.json`; `ratio` is the median of the rounds. */
export interface Figure {
  readonly measure: Measure
  readonly ratio: number
  readonly floor: number
  readonly goal: number
  readonly better: 'higher' | 'lower'
  readonly rounds: number
  readonly min: number
  readonly max: number
}

export function figureOf(measure: Measure, { median, min, max, rounds }: Spread): Figure {
  const { floor, goal, better } = aims[measure]
  return { measure, ratio: round(median), floor, goal, better, rounds, min: round(min), max: round(max) }
}

/** What a figure has reached, in a word. */
export function verdictOf({ ratio, floor, goal, better }: Figure): 'goal' | 'floor' | 'missed' {
  const reaches = (aim: number): boolean => (better === 'higher' ? ratio >= aim : ratio <= aim)
  if (reaches(goal)) return 'goal'
  return reaches(floor) ? 'floor' : 'missed'
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
