import type { Node } from './document.ts'

/** The edition of a service that somebody has before them: which front door, and which generation behind it. */
export interface Edition {
  readonly door?: string
  readonly generation?: string
}

const switches = ['door', 'generation'] as const

/** Whether a part of a document is there in an edition; what has no mark is there in all of them. */
export function belongsTo(node: Node, edition: Edition): boolean {
  return switches.every((name) => {
    const mark = node[`x-${name}`]
    return mark === undefined || mark === edition[name]
  })
}

/** The edition that a part is marked for; empty for what is there in all of them. */
export function marksOf(node: Node): Edition {
  return Object.fromEntries(
    switches.map((name) => [name, node[`x-${name}`]]).filter(([, mark]) => typeof mark === 'string'),
  ) as Edition
}

/** The marks of a part, as in `native, current`; empty for what is there in all editions. */
export function editionOf(node: Node): string {
  return Object.values(marksOf(node)).join(', ')
}
