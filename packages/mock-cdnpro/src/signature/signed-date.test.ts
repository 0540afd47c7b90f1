import { describe, expect, test } from 'vitest'
import { parseSignedDate, shiftSignedDate } from './signed-date.ts'

const documented = Date.parse('2023-04-04T12:53:25Z')

test.each([
  'Tue, 04 Apr 2023 12:53:25 GMT',
  'Tue, 04 Apr 2023 12:53:25 UTC',
  'Tue, 04 Apr 2023 12:53:25 +0000',
  'Tue, 4 Apr 2023 12:53:25 GMT',
  'Sun, 04 Apr 2023 12:53:25 GMT',
])('reads %s', (text) => {
  expect(parseSignedDate(text)).toBe(documented)
})

test.each([
  '',
  'yesterday',
  '2023-04-04T12:53:25Z',
  '1680612805',
  'Tue, 04 Apr 2023 12:53:25',
  'Tue, 04 Apr 2023 12:53:25 CST',
  'Tue, 04 Apr 2023 12:53:25 +0800',
  'Tuesday, 04-Apr-23 12:53:25 GMT',
  'Tue Apr  4 12:53:25 2023',
  'Tue, 04 apr 2023 12:53:25 GMT',
  'Tue, 04 Xyz 2023 12:53:25 GMT',
  'Tue, 31 Feb 2023 12:53:25 GMT',
  'Tue, 00 Apr 2023 12:53:25 GMT',
  'Tue, 04 Apr 2023 25:53:25 GMT',
  'Tue, 04 Apr 2023 12:60:25 GMT',
  'Tue, 04 Apr 2023 12:53:25 GMT\n',
  ' Tue, 04 Apr 2023 12:53:25 GMT',
])('does not read %j', (text) => {
  expect(parseSignedDate(text)).toBeUndefined()
})

describe('shifting a date', () => {
  test('keeps its form', () => {
    expect(shiftSignedDate('Tue, 04 Apr 2023 12:53:25 GMT', 1)).toBe('Tue, 04 Apr 2023 12:53:26 GMT')
    expect(shiftSignedDate('Sat, 01 Apr 2023 00:00:00 UTC', -1)).toBe('Fri, 31 Mar 2023 23:59:59 UTC')
  })

  test('gives nothing for what is no date', () => {
    expect(shiftSignedDate('now', 1)).toBeUndefined()
  })
})
