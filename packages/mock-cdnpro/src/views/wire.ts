import { memoize } from '@certtwin/mock-kit'
import type { Edition } from '../edition.ts'

/** A wire shape before it is serialised: members that are undefined are left out then, as the vendor never sends null. */
export type View<Wire> = { [Member in keyof Wire]: Wire[Member] | undefined }

/** A list that is left out when it is empty. */
export function nonEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items
}

/** A member that the native door alone shows. */
export function nativeOnly<Value>(value: Value, { door }: Edition): Value | undefined {
  return door === 'native' ? value : undefined
}

/** RFC 3339 in UTC with whole seconds, fractions cut off. */
export const formatTime: (ms: number) => string = memoize((ms: number) => `${new Date(ms).toISOString().slice(0, -5)}Z`)
