/** A port could not be had; the message says which and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

const causes: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use. Choose another one, or 0 for a free one.',
  EACCES: 'the system does not permit it. Choose one above 1023.',
  EADDRNOTAVAIL: 'this machine has no such address.',
  ENOTFOUND: 'the host name is unknown.',
}

/** Says in a sentence why a server does not listen. */
export function toListenError({ code = '' }: NodeJS.ErrnoException, host: string, port: number): ListenError {
  return new ListenError(`Cannot listen on ${host} port ${port}: ${causes[code] ?? `${code}.`}`)
}
