import { Table } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { createState, type State } from './state.ts'
import { toVersionView } from './views/certificates.ts'

const setup = (): State => createState(Date.parse('2023-04-04T12:53:25Z'))

describe('the state', () => {
  test('is made of values that JSON can hold, and has some of each kind', () => {
    const rows = Object.entries(setup()).map(([name, table]) => [name, [...table]] as const)
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows)
    expect(rows.filter(([, entries]) => entries.length === 0).map(([name]) => name)).toEqual(['privateKeys'])
  })

  test('reads the same from a copy of what is stored', () => {
    const { certificates } = setup()
    const copy: State['certificates'] = new Table(JSON.parse(JSON.stringify([...certificates])))
    const views = [certificates, copy].map((table) =>
      [...table.values()].flatMap((certificate) =>
        certificate.versions.map((version) =>
          JSON.stringify(toVersionView(certificate, version, { door: 'gateway', generation: '2023' })),
        ),
      ),
    )
    expect(views[1]).toEqual(views[0])
  })

  test('has its keys in the secret tables alone', () => {
    const { credentials, privateKeys, ...others } = setup()
    const open = Object.values(others)
    expect([credentials.isSecret, privateKeys.isSecret]).toEqual([true, true])
    expect(open.filter(({ isSecret }) => isSecret)).toEqual([])
    expect(JSON.stringify(open.map((table) => [...table]))).not.toMatch(/apiKey/i)
  })
})
