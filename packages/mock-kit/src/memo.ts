/**
 * Remembers what was made for a key, up to a limit, and begins anew beyond it. Our own: libraries for this keep an order
 * of use, which costs more than most of what is remembered here.
 */
export function memoize<Key extends string | number, Value>(
  make: (key: Key) => Value,
  limit: number = 100,
): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const value = make(key)
    if (known.size >= limit) known.clear()
    known.set(key, value)
    return value
  }
}
