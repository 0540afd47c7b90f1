import { setupNotes, type NotesSetup } from '../test-twin.ts'
import type { TwinOptions } from '../twin.ts'

/** What the control plane answered. */
export interface PlaneAnswer {
  readonly status: number
  readonly type: string | null
  readonly text: string
  /** The text as JSON. */
  readonly json: Record<string, unknown>
}

export interface PlaneSetup extends NotesSetup {
  /** Calls the plane in process; an object is sent as JSON, a text as it is. */
  readonly call: (line: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<PlaneAnswer>
}

/** A twin of notes, and its control plane in process. */
export function setupPlane(options: TwinOptions = {}): PlaneSetup {
  const notes = setupNotes(options)
  return {
    ...notes,
    async call(line, body, headers) {
      const response = await notes.twin.fetch(planeRequest(line, body, headers))
      const text = await response.text()
      const type = response.headers.get('content-type')
      return { status: response.status, type, text, json: type === 'application/json' ? JSON.parse(text) : {} }
    },
  }
}

/** @param line - method and path below the control plane, as in `GET /state` */
export function planeRequest(line: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  const [method, path] = line.split(' ') as [string, string]
  const isJson = body !== undefined && typeof body !== 'string'
  return new Request(`https://notes.example/__mock${path}`, {
    method,
    headers: { ...(isJson && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
  })
}
