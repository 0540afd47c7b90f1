import type { CdnProSettings } from './world.ts'

/** A front door of the service. */
export type DoorName = CdnProSettings['door']

/** A generation of the service. */
export type GenerationName = CdnProSettings['generation']

/** What callers have before them: one of two doors, and one of two generations behind it. */
export interface Edition {
  readonly door: DoorName
  readonly generation: GenerationName
}

/** The edition that a world shows at the moment. */
export function editionOf({ settings }: { readonly settings: CdnProSettings }): Edition {
  return settings
}
