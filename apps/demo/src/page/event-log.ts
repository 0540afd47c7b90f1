/** Events in the order in which they came, for any number of readers who may come late. */
export interface EventLog<Event> {
  add(event: Event): void
  /** No event comes any more; readers finish after the last one. */
  end(): void
  /** All events from the given index on, those of the future too, until the end or until the signal says so. */
  follow(from: number, signal: AbortSignal): AsyncGenerator<{ readonly index: number; readonly event: Event }>
}

export function createEventLog<Event>(): EventLog<Event> {
  const events: Event[] = []
  let isOver = false
  let change = Promise.withResolvers<void>()
  const wakeReaders = (): void => {
    change.resolve()
    change = Promise.withResolvers()
  }
  return {
    add(event) {
      events.push(event)
      wakeReaders()
    },
    end() {
      isOver = true
      wakeReaders()
    },
    async *follow(from, signal) {
      signal.addEventListener('abort', wakeReaders, { once: true })
      for (let index = from; !signal.aborted;) {
        if (index < events.length) yield { index, event: events[index++]! }
        else if (isOver) return
        else await change.promise
      }
    },
  }
}
