import { byId, element, setOptions } from './elements.ts'
import { attempt, onPress, onSubmit, say } from './notes.ts'
import { followJournal, send } from './plane.ts'
import { addRequests, describe, emptyRequests, loadRequests, readFilter } from './request-list.ts'

/** What comes within this time is shown together; then the page has time to breathe. */
const breathMs = 100
const retryMs = 1000

let following = new AbortController()

/** Shows and follows the journal of the current world. */
export function showRequests(onExchange: () => void): void {
  following.abort()
  following = new AbortController()
  emptyRequests()
  void follow(following.signal, onExchange)
}

/** Follows the journal until the signal; whatever breaks the stream, it is opened again. */
async function follow(signal: AbortSignal, onExchange: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await followOnce(signal, onExchange)
      say('connection', 'connection lost', true)
    } catch (error) {
      if (signal.aborted) return
      say('connection', 'connection lost', true)
      say('requests-note', error instanceof Error ? error.message : String(error), true)
    }
    await pause(retryMs)
  }
}

async function followOnce(signal: AbortSignal, onExchange: () => void): Promise<void> {
  // The stream is opened first: what comes while the list is loaded waits in it.
  const stream = await send('GET requests/stream', { signal })
  say('connection', 'live')
  await attempt('requests-note', loadRequests)
  onExchange()
  for await (const entries of followJournal(stream)) {
    addRequests(entries)
    onExchange()
    await pause(breathMs)
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs))
}

/** Loads the list anew, where something else than a request has changed the journal. */
export function reloadRequests(): void {
  void attempt('requests-note', loadRequests)
}

export function startRequests(operations: readonly string[]): void {
  const form = byId('filters', HTMLFormElement)
  setOptions(form.querySelector('select')!, [['', 'all'], ...operations.map((id) => [id, id] as const)])
  onSubmit(form, 'requests-note', loadRequests)
  form.addEventListener('change', reloadRequests)
  onPress('clear-requests', 'requests-note', async () => {
    await send('DELETE requests')
    return loadRequests()
  })
  const link = byId('har', HTMLAnchorElement)
  link.addEventListener('click', (event) => {
    event.preventDefault() // a link cannot carry the token
    void attempt('requests-note', () => download(link.download))
  })
}

async function download(name: string): Promise<string> {
  const archive = await (await send('GET requests', { query: { ...readFilter(), as: 'har' } })).blob()
  const href = URL.createObjectURL(archive)
  element('a', { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), retryMs)
  return describe()
}
