import { describe, expect, test } from 'vitest'
import { Refusal, toApiError } from '../errors.ts'
import { byDate, byFlag, byId, byText, byWord, filterList } from './filters.ts'

const query = (text: string): URLSearchParams => new URLSearchParams(text)

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.problems.map((problem) => toApiError(problem).code).join(' ')
  }
}

describe('filters', () => {
  const things = [
    { id: 1, name: 'One', isOn: true, madeMs: Date.parse('2019-06-03T18:02:50Z') },
    { id: 2, name: 'two.one', isOn: false, madeMs: Date.parse('2019-06-04T00:00:00Z') },
    { id: 3, name: 'three', isOn: false, madeMs: undefined },
  ]
  type Thing = (typeof things)[number]
  const filters = {
    id: byId(({ id }: Thing) => id),
    name: byText(({ name }: Thing) => name),
    word: byWord(({ name }: Thing, word) => name.toLowerCase() === word),
    on: byFlag(({ isOn }: Thing) => isOn),
    made: byDate(({ madeMs }: Thing) => madeMs),
  }
  const passing = (text: string): string =>
    filterList(things, query(text), filters)
      .map(({ id }) => id)
      .join('')

  test.each([
    ['', '123'],
    ['filters[id]=2', '2'],
    ['filters%5Bid%5D=2', '2'],
    ['filters[id]=2&filters[id]=3', '23'],
    ['filters[id][0]=2&filters[id][1]=3', '23'],
    ['filters[id][]=2', '2'],
    ['filters[id]=2&filters[on]=1', ''],
    ['filters[id]=', '123'],
    ['filters[shoe_size]=2', '123'],
    ['filters[toString]=2', '123'],
    ['filters=2', '123'],
    ['filters[name]=ONE', '1'],
    ['filters[name]=%25one', '12'],
    ['filters[name]=%25e%25', '123'],
    ['filters[word]=T_W_O.one', '2'],
    ['filters[on]=TRUE', '1'],
    ['filters[on]=0', '23'],
    ['filters[made]=2019-06-03', '1'],
    ['filters[made]==2019-06-03', '1'],
    ['filters[made]=2019-06-03...2019-06-04', '12'],
    ['filters[made]==2019-06-03...2019-06-03', '1'],
    ['filters[made]=>2019-06-03', '2'],
    ['filters[made]=<2019-06-04', '1'],
    ['filters[made]=>=2019-06-04', '2'],
    ['filters[made]=<=2019-06-04', '12'],
    ['filters[made]=>2019-06-04', ''],
    ['filters[made]=2019-06-03T18:02:50', '1'],
    ['filters[made]=2019-06-03 18:02', ''],
    ['filters[made]=<2019-06-03T20:02:51%2B02:00', '1'],
    ['filters[made]=<2019-06-03T20:02:51+02:00', '1'],
    ['filters[made]=>2019-06-03T18:02:50Z', '2'],
    ['filters[made]=2019-06-03T00:00:00...2019-06-04', '12'],
  ])('%s lets %j pass', (text, expected) => {
    expect(passing(text)).toBe(expected)
  })

  test.each([
    ['id', 'x'],
    ['id', '-1'],
    ['on', '2'],
    ['made', 'yesterday'],
    ['made', '2019-13-01'],
    ['made', '2019-06-03Tnoon'],
    ['made', '2019-06-03...'],
    ['made', '2019-06-03 10:00 in the morning'],
  ])('refuse %s %j, which cannot be read', (name, text) => {
    const [parameter, code] = [`filters[${name}][3]`, `invalid_param:filters[${name}]`]
    expect(codeOf(() => filterList(things, new URLSearchParams({ [parameter]: text }), filters))).toBe(code)
  })
})
