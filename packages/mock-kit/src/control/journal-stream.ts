import type { JournalEntry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { toJournalView } from './views.ts'

/** A reader who is further behind is sent away, so that it costs no memory; it can come back for what it missed. */
const mostWaiting = 1000

/**
 * The entries as server-sent events as they come, until the reader leaves or the listener closes.
 *
 * Our own, since Hono's stream does not tell how far its reader is behind.
 */
export function streamJournal(journal: Journal, request: Request, closing: AbortSignal): ReadableStream<Uint8Array> {
  let stop = (): void => undefined
  return new ReadableStream(
    {
      start(controller) {
        const end = (): void => {
          stop()
          controller.close()
        }
        const unfollow = journal.follow((entry) => {
          controller.enqueue(toEvent(entry))
          if ((controller.desiredSize ?? 0) < -mostWaiting) end()
        })
        stop = () => {
          unfollow()
          closing.removeEventListener('abort', end)
          // By the request: a signal does not keep its request, which passes an abort on.
          request.signal.removeEventListener('abort', end)
        }
        // A first byte lets the reader know that the stream is open.
        controller.enqueue(new TextEncoder().encode(': open\n\n'))
        for (const signal of [closing, request.signal]) signal.addEventListener('abort', end)
        if (closing.aborted || request.signal.aborted) end()
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}

function toEvent(entry: JournalEntry): Uint8Array {
  return new TextEncoder().encode(`id: ${entry.id}\ndata: ${JSON.stringify(toJournalView(entry))}\n\n`)
}
