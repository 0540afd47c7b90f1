import { expect, it } from 'vitest'
import { createEventLog, type EventLog } from './event-log.ts'

async function collect(log: EventLog<string>, from = 0, signal = new AbortController().signal): Promise<string[]> {
  const found: string[] = []
  for await (const { index, event } of log.follow(from, signal)) found.push(`${index} ${event}`)
  return found
}

it('a late reader gets all events from the first one on', async () => {
  const log = createEventLog<string>()
  log.add('a')
  log.add('b')
  log.end()
  expect(await collect(log)).toEqual(['0 a', '1 b'])
})

it('a reader gets events that come while it waits, and two readers get the same', async () => {
  const log = createEventLog<string>()
  const readers = [collect(log), collect(log)]
  log.add('a')
  await Promise.resolve()
  log.add('b')
  log.end()
  expect(await Promise.all(readers)).toEqual([
    ['0 a', '1 b'],
    ['0 a', '1 b'],
  ])
})

it('a reader goes on from where it was', async () => {
  const log = createEventLog<string>()
  log.add('a')
  log.add('b')
  log.end()
  expect(await collect(log, 1)).toEqual(['1 b'])
})

it('a reader that gives up is let go, and the others are not', async () => {
  const log = createEventLog<string>()
  const gone = new AbortController()
  const leaving = collect(log, 0, gone.signal)
  const staying = collect(log)
  gone.abort()
  expect(await leaving).toEqual([])
  log.add('a')
  log.end()
  expect(await staying).toEqual(['0 a'])
})
