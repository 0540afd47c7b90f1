import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// The kit serves twins of any API; what it knew of one vendor would be in the way of the next.

const words = /digicert|certcentral|cdn ?pro|cdnetworks|wangsu|chinanetcenter|quantil|x-dc-|x-cnc-/i

describe('the kit', () => {
  it('knows no vendor', () => {
    const files = globSync('**/*.ts', { cwd: import.meta.dirname })
    expect(files.length).toBeGreaterThan(20)
    const knowing = files.filter(
      (file) => file !== 'vendor-words.test.ts' && words.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')),
    )
    expect(knowing).toEqual([])
  })
})
