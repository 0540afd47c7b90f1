import type { Twin, WorldHandle } from './twin.ts'

/** What only one twin knows the types of: its settings, its seed data, and the input of each of its actions. */
export interface TwinTypes {
  readonly settings: object
  readonly seed: object
  readonly actions: object
}

/** What an action takes; it may be left out where all of it may. */
type ActionInput<Input> = Partial<Input> extends Input ? [input?: Input] : [input: Input]

interface TypedVerbs<Types extends TwinTypes> {
  /** Adds data under its natural keys. @throws ControlError when it cannot be read or contradicts the state */
  seed(this: void, data: Types['seed']): void
  /** Changes the settings that are given. @throws ControlError when they cannot be read */
  configure(this: void, change: Partial<Types['settings']>): Types['settings']
  /** Lets something happen that no caller could do. @throws ControlError */
  act<Name extends keyof Types['actions'] & string>(
    this: void,
    name: Name,
    ...input: ActionInput<Types['actions'][Name]>
  ): object
}

/** A world of a twin, with the types of that twin; the kit itself judges what it gets and needs none. */
export type TypedWorld<Types extends TwinTypes> = Omit<WorldHandle<Types['settings']>, keyof TypedVerbs<Types>> &
  TypedVerbs<Types>

/** A twin with types of its own. */
export type TypedTwin<Types extends TwinTypes> = Omit<Twin<Types['settings']>, keyof TypedVerbs<Types> | 'world'> &
  TypedVerbs<Types> & {
    /** A world by its name; it begins when it is first entered. @throws ControlError for a name that no world can have */
    readonly world: (name?: string) => TypedWorld<Types>
  }
