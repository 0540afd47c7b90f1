import { memoize } from '@certtwin/mock-kit'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const form =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|UTC|\+0000)$/

/**
 * The time that a date header names, in milliseconds since the epoch, or undefined when it is no RFC 1123 date.
 *
 * Suffix `UTC` is on record; `+0000`, a one-digit day and a wrong weekday are let pass by assumption. Own code, since
 * `Date.parse` takes nearly anything.
 */
export const parseSignedDate: (text: string) => number | undefined = memoize((text: string) => {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, day, monthName = '', year, hour, minute, second] = match
  const month = months.indexOf(monthName)
  const ms = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  // An overflow such as 31 February or hour 25 moves into the next unit, and the text would not come out again.
  const isReal = new Date(ms).toISOString().startsWith(isoPrefix(year, month, day, [hour, minute, second]))
  return month >= 0 && isReal ? ms : undefined
})

/** Every way to write the time of a text, some seconds later or earlier; none when the text is no date. */
export function spellingsOf(text: string, seconds: number): string[] {
  const shifted = shiftSignedDate(text, seconds)
  if (shifted === undefined) return []
  const days = [shifted, shifted.replace(', 0', ', ')]
  return days.flatMap((day) => ['GMT', 'UTC', '+0000'].map((suffix) => day.replace(/\S+$/, suffix)))
}

/** The same kind of text some seconds later or earlier; undefined when the text is no date. */
export function shiftSignedDate(text: string, seconds: number): string | undefined {
  const ms = parseSignedDate(text)
  if (ms === undefined) return undefined
  const suffix = text.slice(text.lastIndexOf(' ') + 1)
  return new Date(ms + seconds * 1000).toUTCString().replace('GMT', suffix)
}

function isoPrefix(year = '', month = 0, day = '', time: readonly (string | undefined)[] = []): string {
  return `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${time.join(':')}`
}

/** The time that a date header names as the texts that may have been signed: some callers sign a blank before it that no header keeps. */
export function signedTextsOf(date: string): readonly string[] {
  return [date, ` ${date}`]
}
