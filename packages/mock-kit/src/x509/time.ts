import { contentOf, DerError, type DerElement } from './der-reader.ts'
import { tags } from './der.ts'

/** A GeneralizedTime may have a fraction of a second, which RFC 5280 forbids and OpenSSL ignores. */
const spellings: Readonly<Record<number, RegExp>> = {
  [tags.utcTime]: /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/,
  [tags.generalizedTime]: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/,
}

/**
 * Reads a UTCTime, whose years are those from 1950 to 2049, or a GeneralizedTime.
 *
 * @throws DerError when it is neither, or names a date that is not in the calendar.
 */
export function readTime(time: DerElement): Date {
  const text = Buffer.from(contentOf(time)).toString('latin1')
  const [, year, month, day, hour, minute, second] = spellings[time.tag]?.exec(text) ?? []
  if (year === undefined) throw new DerError('A date is unreadable.')
  const century = year.length === 4 ? '' : year < '50' ? '20' : '19'
  const iso = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const date = new Date(iso)
  // The parser takes 31 February for a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw new DerError('A date is not in the calendar.')
  return date
}
