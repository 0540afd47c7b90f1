/** A request's body, read once for everybody. */
export interface RequestBody {
  readonly text: string
  /** The body was larger than a twin takes; `text` is empty then. */
  readonly tooLarge: boolean
}

/** What is known of one request and its answer while it passes through a twin; the journal keeps part of it. */
export interface Exchange {
  readonly body: RequestBody
  /** The operation of the OpenAPI document that path and method name; undefined for an unknown route. */
  readonly operation: string | undefined
  /** Why the request was refused, or what was tolerated about it, for the person who debugs the caller. */
  diagnosis: string | undefined
}

/** One line of the journal. */
export interface JournalEntry {
  readonly operation: string | undefined
  readonly status: number
  readonly diagnosis: string | undefined
}
