import { obstacle } from '../failure.ts'

/** The path of the control plane; not imported from there, since the plane would be loaded with it. */
const controlPath = '/__mock'

/** Which twin is meant, and which of its worlds. */
export interface Target {
  /** Its base URL, without a slash at its end. */
  readonly url: string
  readonly token?: string
  readonly world?: string
}

/** A call of the control plane. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
}

/**
 * Calls a twin.
 *
 * @throws CommandFailure when nobody answers, or the twin refuses, with its own sentence
 */
export async function send(target: Target, call: Call): Promise<Response> {
  const response = await fetch(toRequest(target, call)).catch((error: unknown) => {
    throw obstacle(explainSilence(target.url, error))
  })
  if (response.ok) return response
  const { error } = (await response.json().catch(() => ({}))) as { readonly error?: unknown }
  throw obstacle(typeof error === 'string' ? error : noTwin(target.url))
}

/** What an answer says: a text, a value, or undefined when the twin has just done it. */
export async function readAnswer({ url }: Target, response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/plain')) return response.text()
  if (type.startsWith('application/json')) return response.json()
  throw obstacle(noTwin(url))
}

function toRequest({ url, token, world }: Target, { method, path, query = {}, body }: Call): Request {
  const parameters = new URLSearchParams({ ...query, ...(world !== undefined && { world }) }).toString()
  return new Request(`${url}${controlPath}${path}${parameters === '' ? '' : `?${parameters}`}`, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

function explainSilence(url: string, error: unknown): string {
  const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return `Nobody listens on ${url}: start the twin, or say with --url where it is.`
  return `${url} cannot be reached (${code ?? message}): say with --url where the twin is.`
}

function noTwin(url: string): string {
  return `What answers on ${url} is no control plane of a twin: say with --url where one is.`
}
