import ms from 'ms'

/**
 * A length of time as people write it, in milliseconds: `500ms`, `30s`, `16m`, `2h`, `1d`, or a number of milliseconds.
 *
 * @throws RangeError when it is none, or negative
 */
export function parseDuration(text: string | number): number {
  const durationMs = typeof text === 'number' ? text : read(text)
  if (durationMs !== undefined && Number.isFinite(durationMs) && durationMs >= 0) return durationMs
  throw new RangeError(`${JSON.stringify(text)} is no length of time: write 500ms, 30s, 16m, 2h or 1d.`)
}

function read(text: string): number | undefined {
  if (text === '' || text.length > 100) return undefined // the library throws at these
  return ms(text as ms.StringValue)
}
