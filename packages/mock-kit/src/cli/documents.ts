import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { misuse, obstacle } from './failure.ts'

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'the permission is missing',
}

/**
 * The value that a file in JSON or YAML holds.
 *
 * @param file - `-` is the standard input
 * @throws CommandFailure when it cannot be read, or holds neither
 */
export async function readDocument(file: string): Promise<unknown> {
  const name = file === '-' ? 'The standard input' : file
  return parseDocument(name, await readContent(file))
}

async function readContent(file: string): Promise<string> {
  try {
    return file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw obstacle(`Cannot read ${file}: ${causes[code] ?? code}.`)
  }
}

/** JSON first: its parser is there already, and who has no YAML does not wait for the other one. */
async function parseDocument(name: string, content: string): Promise<unknown> {
  try {
    return JSON.parse(content) as unknown
  } catch {
    return parseYaml(name, content)
  }
}

async function parseYaml(name: string, content: string): Promise<unknown> {
  const { parse } = await import('yaml')
  try {
    return parse(content, { logLevel: 'error' }) as unknown
  } catch (error) {
    const [problem = ''] = (error as Error).message.split('\n') // the lines after it show the place
    throw misuse(`${name} is neither JSON nor YAML: ${problem.replace(/:$/, '')}.`)
  }
}
