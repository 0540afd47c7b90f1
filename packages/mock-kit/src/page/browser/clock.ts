import { byId, valueOf } from './elements.ts'
import { attempt, onPress, onSubmit } from './notes.ts'
import { ask, type Schemas } from './plane.ts'

type Clock = Schemas['Clock']

/** What the clock showed, and when that was by the browser's own uptime. */
let reading: { readonly nowMs: number; readonly running: boolean; readonly atMs: number } | undefined

function read({ now, running }: Clock): void {
  reading = { nowMs: Date.parse(now), running, atMs: performance.now() }
  const state = byId('clock-state', HTMLElement)
  state.textContent = running ? 'running' : 'frozen'
  state.dataset['kind'] = running ? 'good' : 'wait'
  byId('freeze', HTMLButtonElement).disabled = !running
  byId('run', HTMLButtonElement).disabled = running
  tick()
}

/** A running clock goes on between two readings. */
function tick(): void {
  if (reading === undefined) return
  const nowMs = reading.nowMs + (reading.running ? performance.now() - reading.atMs : 0)
  const iso = new Date(nowMs).toISOString()
  const time = byId('clock-now', HTMLTimeElement)
  time.dateTime = iso
  time.textContent = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

export function showClock(): Promise<void> {
  return attempt('clock-note', async () => read(await ask<Clock>('GET clock')))
}

/** @param onMove - told when the time was changed here */
export function startClock(onMove: () => void): void {
  const move = async (line: string, change: object): Promise<string> => {
    read(await ask<Clock>(line, { body: JSON.stringify(change) }))
    onMove()
    return `It is ${new Date(reading!.nowMs).toISOString()}.`
  }
  const advance = byId('advance', HTMLFormElement)
  const set = byId('set-clock', HTMLFormElement)
  onSubmit(advance, 'clock-note', () => move('POST clock/advance', { by: valueOf(advance, 'by').trim() }))
  onSubmit(set, 'clock-note', () => move('PUT clock', { now: valueOf(set, 'now').trim() }))
  onPress('freeze', 'clock-note', () => move('PUT clock', { running: false }))
  onPress('run', 'clock-note', () => move('PUT clock', { running: true }))
  setInterval(tick, 1000)
}
