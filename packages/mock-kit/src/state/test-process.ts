// A process of its own for the tests of the store: opens a file, adds so many notes, tells of each one that is saved, and stays.
import { writeSync } from 'node:fs'
import { setup } from './test-notes.ts'
import { openStore } from './store.ts'

const [file = '', count = '0'] = process.argv.slice(2)
const say = (line: string): number => writeSync(1, `${line}\n`)

try {
  const store = openStore(file, 'notebook')
  const { tables, meta, add } = setup()
  store.load('default', tables)
  say('open')
  for (let index = 0; index < Number(count); index++) {
    const key = add()
    store.save('default', tables, meta)
    say(`saved ${key}`)
  }
  process.stdin.resume()
} catch (error) {
  say(String(error))
  process.exitCode = 1
}
