import { expect, it, vi } from 'vitest'
import { CerttwinError, isCerttwinError } from './errors.ts'

it('is known also as an error of another copy of the package', async () => {
  vi.resetModules()
  const other = await import('./errors.ts')
  expect(other.CerttwinError).not.toBe(CerttwinError)
  expect(isCerttwinError(new other.CerttwinError({ code: 'network', message: 'x' }))).toBe(true)
  for (const odd of [new Error('x'), { code: 'network' }, null, 'network']) expect(isCerttwinError(odd)).toBe(false)
})
