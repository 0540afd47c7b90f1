/** Where the twins answer, and what there is to send: the host tells it to each runtime. */
export interface Place {
  /** A short name that the worlds of its cases begin with. */
  readonly runtime: string
  readonly digicertUrl: string
  readonly gatewayUrl: string
  readonly nativeUrl: string
  /** Nobody listens there. */
  readonly closedUrl: string
  readonly csr: string
  readonly certificate: string
  readonly chainCert: string
  readonly privateKey: string
}

/** What only the runtime itself can do. */
export interface Platform {
  /** Writes to the runtime's console, which the host reads. */
  readonly print: (value: unknown) => void
  /** Its own way to show a value in full, if it has one. */
  readonly inspect?: (value: unknown) => string
  /** Whether a connection that never came about looks to it like one that broke. */
  readonly mixesUpFailures?: boolean
}
