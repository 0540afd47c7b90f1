import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { notesKey } from '../test-twin.ts'

// What the commands of the real twins cannot show: a twin that makes a mistake, and a terminal. The rest is shown by those commands.

const command = join(import.meta.dirname, 'test-command.ts')

/** Lets the process take a stream for a terminal. */
const terminal = (stream: 'stdout' | 'stderr'): string[] => [
  '--import',
  `data:text/javascript,process.${stream}.isTTY=true`,
]

interface Served {
  readonly url: string
  /** Stops the command, and gives its log. */
  readonly stop: () => Promise<string>
}

async function setup(args: readonly string[] = [], nodeOptions: readonly string[] = []): Promise<Served> {
  const child = spawn(process.execPath, [...nodeOptions, command, '--port', '0', '--json', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (log += part))
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const { control } = JSON.parse(line) as { control: string }
  const stop = async (): Promise<string> => {
    child.kill('SIGTERM')
    await once(child, 'close')
    return log
  }
  return { url: new URL(control).origin, stop }
}

/** Lets the twin make a mistake. */
async function breakTwin(url: string): Promise<number> {
  return (await fetch(`${url}/notes`, { method: 'POST', headers: { 'X-Key': notesKey }, body: 'break' })).status
}

describe('a command', { timeout: 30_000 }, () => {
  it('logs a mistake of the twin with its stack, and serves on', async () => {
    const { url, stop } = await setup()
    expect([await breakTwin(url), await breakTwin(url)]).toEqual([500, 500])
    const log = await stop()
    expect(log.match(/"level":50/g)).toHaveLength(2)
    expect(log).toMatch(
      /"message":"The twin is broken\.","stack":"Error: The twin is broken\.\\n {4}at .*"msg":"the twin made a mistake"/,
    )
  })

  it('writes its log for a person on a terminal', async () => {
    const { stop } = await setup([], terminal('stderr'))
    expect(await stop()).toMatch(/^\[[\d:.]+\] .*INFO.*stopped/m)
  })

  it('writes answers of the twin for a person on a terminal, on one line elsewhere', async () => {
    const { url } = await setup()
    const ask = async (...options: string[]): Promise<string> =>
      (await promisify(execFile)(process.execPath, [...options, command, 'ctl', 'settings', '--url', url])).stdout
    expect([await ask(...terminal('stdout')), await ask()]).toEqual(['{\n  "mood": "good"\n}\n', '{"mood":"good"}\n'])
  })
})
