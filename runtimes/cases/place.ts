/** Where the twins answer, and what there is to send: the host tells it to each runtime. */
export interface Place {
  /** A short name that the worlds of its cases begin with. */
  readonly runtime: string
  readonly twins: Readonly<Record<TwinName, string>>
  /** A service that does what no twin does. */
  readonly oddUrl: string
  /** Nobody listens there. */
  readonly closedUrl: string
  /** A key that nothing may show. */
  readonly canary: string
  readonly csr: string
  readonly certificate: string
  readonly chainCert: string
  readonly privateKey: string
}

/** CDN Pro has two front doors, each with a twin of its own. */
export type TwinName = 'digicert' | 'gateway' | 'native'

/** What only the runtime itself can do. */
export interface Platform {
  /** Writes to the runtime's console, which the host reads. */
  readonly print: (value: unknown) => void
  /** Its own way to show a value in full, if it has one. */
  readonly inspect?: (value: unknown) => string
  /** Whether a connection that never came about looks to it like one that broke. */
  readonly mixesUpFailures?: boolean
}
