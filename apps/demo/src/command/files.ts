import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from './usage-error.ts'

/**
 * A file's text; `-` is standard input.
 *
 * @param what - what the file is, for the error
 * @throws UsageError when it cannot be read
 */
export async function readTextFile(what: string, path: string): Promise<string> {
  if (path === '-') return text(process.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const cause = code === 'ENOENT' ? 'there is no such file' : `the system says ${code}`
    throw new UsageError(`Cannot read ${what} from ${path}: ${cause}.`)
  }
}
