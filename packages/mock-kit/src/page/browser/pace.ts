/** How long work has to rest before it is done again, in milliseconds. */
const restMs = 1000
/** What takes long rests longer, as a multiple of the time that it took. */
const restFactor = 5

/** Does work when it is asked for, and again later when it was asked for meanwhile: never twice at a time, at most once a second. */
export function atMostOnceASecond(work: () => Promise<void>): () => void {
  let isBusy = false
  let isWanted = false
  const run = async (): Promise<void> => {
    if (isBusy) {
      isWanted = true
      return
    }
    isBusy = true
    isWanted = false
    const startMs = performance.now()
    await work()
    const tookMs = performance.now() - startMs
    setTimeout(
      () => {
        isBusy = false
        if (isWanted) void run()
      },
      Math.max(restMs, tookMs * restFactor),
    )
  }
  return () => void run()
}
