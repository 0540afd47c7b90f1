import { join } from 'node:path'
import { figureOf } from '../measures.ts'
import { sizeMB } from '../workshop.ts'
import { type Part, short } from './part.ts'

/** The packed twins as npm installs them, with everything that comes along. */
export const size: Part = {
  name: 'size',
  run: async ({ workshop: { twinFolders } }) => {
    const once = (name: 'cdnpro' | 'digicert') => {
      const value = sizeMB(join(twinFolders[name], 'node_modules'))
      return { median: value, min: value, max: value, rounds: 1 }
    }
    const figures = [figureOf('size-cdnpro', once('cdnpro')), figureOf('size-digicert', once('digicert'))]
    const rows = figures.map(({ measure, ratio }) => [measure.replace('size-', '@certtwin/mock-'), short(ratio)])
    return { figures, tables: [{ title: 'Installed size with dependencies', head: ['package', 'MB'], rows }] }
  },
}
