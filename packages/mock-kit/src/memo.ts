/**
 * Remembers what was made for a text, up to a limit, and begins anew beyond it. Our own: libraries for this keep an order
 * of use, which costs more than most of what is remembered here.
 */
export function memoize<Value>(make: (text: string) => Value, limit: number = 1000): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const value = make(text)
    if (known.size >= limit) known.clear()
    known.set(text, value)
    return value
  }
}
