import type { components } from '../../control/control.generated.ts'
import { readEvents } from '../event-stream.ts'
import { askForToken, knownToken } from './token.ts'

/** What the control plane sends and takes. */
export type Schemas = components['schemas']

/** What goes with a call. */
interface Call {
  readonly query?: Readonly<Record<string, string>>
  /** JSON, as text. */
  readonly body?: string
  readonly signal?: AbortSignal
}

const address = new URL(location.href)

/** The world that the page shows; it is part of the page's address. */
export function currentWorld(): string {
  return address.searchParams.get('world') ?? 'default'
}

export function enterWorld(world: string): void {
  address.searchParams.set('world', world)
  history.replaceState(undefined, '', address)
}

/**
 * Calls the control plane for the current world.
 *
 * @param line - method and path, as in `GET clock`
 * @throws Error with the sentence of the plane when it refuses
 */
export async function send(line: string, { query = {}, body, signal }: Call = {}): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  const url = new URL(path, document.baseURI)
  url.search = new URLSearchParams({ world: currentWorld(), ...query }).toString()
  const token = knownToken()
  const response = await fetch(url, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : new Error('The twin does not answer. Is it still running?')
  })
  if (response.ok) return response
  const { error } = (await response.json()) as Schemas['Problem']
  if (response.status !== 401) throw new Error(error)
  if (token === knownToken()) await askForToken(error)
  return send(line, { query, ...(body !== undefined && { body }), ...(signal && { signal }) })
}

/** The same where the answer is JSON. */
export async function ask<Answer>(line: string, call: Call = {}): Promise<Answer> {
  const response = await send(line, call)
  return (await response.json()) as Answer
}

/** Follows the journal: the entries that have come together. */
export async function* followJournal(response: Response): AsyncGenerator<Schemas['JournalEntry'][]> {
  if (response.body === null) return
  for await (const data of readEvents(response.body))
    yield data.map((text) => JSON.parse(text) as Schemas['JournalEntry'])
}
