import type { SSEStreamingApi } from 'hono/streaming'
import type { Journal } from '../journal/journal.ts'
import { toJournalView } from './views.ts'

/** Sends the entries as they come, until the reader leaves or the listener closes. */
export async function followJournal(stream: SSEStreamingApi, journal: Journal, closing: AbortSignal): Promise<void> {
  // A first byte lets the reader know that the stream is open.
  await stream.write(': open\n\n')
  const stop = journal.follow((entry) => {
    void stream.writeSSE({ id: String(entry.id), data: JSON.stringify(toJournalView(entry)) })
  })
  await new Promise<void>((resolve) => {
    stream.onAbort(() => resolve())
    closing.addEventListener('abort', () => resolve(), { once: true })
    if (closing.aborted || stream.aborted) resolve()
  })
  stop()
}
