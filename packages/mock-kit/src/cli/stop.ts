const signals = ['SIGINT', 'SIGTERM'] as const

/** Stops in order at the first signal; a second one ends the process at once, as if nobody listened to it. */
export function onFirstSignal(stop: (signal: string) => Promise<void>): void {
  const once = (signal: string): void => {
    for (const each of signals) process.off(each, once)
    void stop(signal)
  }
  for (const each of signals) process.on(each, once)
}
