import { expect, it } from 'vitest'
import { judgeReport } from './judge-report.ts'

const committed = 'interface A {\n    id: number;\n    name: string;\n}\n'

it('says nothing of a report that is the same', () => {
  expect(judgeReport(committed, committed, false)).toEqual({ complaint: undefined, isBreak: false })
})

it('lets no line go without a major version', () => {
  const renamed = committed.replace('name: string', 'title: string')
  expect(judgeReport(committed, renamed, false)).toEqual({
    complaint: expect.stringMatching(/would break.*\n {2}- name: string;$/s),
    isBreak: true,
  })
  expect(judgeReport(committed, renamed, true)).toEqual({
    complaint: expect.stringMatching(/as a changeset says: run/),
    isBreak: false,
  })
  expect(judgeReport(committed, committed.replace('    id: number;\n', ''), false).complaint).toContain('- id: number;')
})

it('asks for a new report where there is more', () => {
  expect(judgeReport(committed, `${committed}interface B {}\n`, false)).toEqual({
    complaint: expect.stringMatching(/^the package exports more/),
    isBreak: false,
  })
})

it('counts lines that occur more than once', () => {
  const twice = `${committed}${committed.replace('A', 'B')}`
  expect(judgeReport(twice, twice.replace('    id: number;\n', ''), false).complaint).toContain('- id: number;')
})

it('lets what was hidden be exported, and not the other way round', () => {
  const exported = committed.replace('interface A', 'export interface A')
  expect(judgeReport(committed, exported, false)).toMatchObject({ isBreak: false })
  expect(judgeReport(exported, committed, false)).toMatchObject({ isBreak: true })
  const renamed = exported.replace('name: string', 'title: string')
  expect(judgeReport(committed, renamed, false).complaint).toContain('- name: string;')
})

it('lets comments go, which break no program', () => {
  const bare = committed.replace('    id', '    // (undocumented)\n    id')
  expect(judgeReport(bare, committed, false)).toMatchObject({ isBreak: false })
})

it('is not content with the same line in another type', () => {
  const other = 'interface B {\n    name: string;\n}\n'
  const moved = 'interface B {\n    id: number;\n    name: string;\n}\n'
  const report = committed.replace('    id: number;\n', '') + moved
  expect(judgeReport(`${committed}${other}`, report, false)).toEqual({
    complaint: expect.stringMatching(/\n {2}- id: number;$/),
    isBreak: true,
  })
})
