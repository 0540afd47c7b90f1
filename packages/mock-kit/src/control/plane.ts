import { getPath } from 'hono/utils/url'
import type { Answer, Fetch } from '../fetch.ts'
import type { Twin } from '../twin.ts'
import { controlApp, controlPath } from './app.ts'
import { type GuardOptions, type GuardRefusal, refusal } from './guard.ts'

/** The twin of a control plane, and who is told when the plane itself fails. */
export interface PlaneOptions {
  readonly twin: Twin<object>
  readonly onError: ((error: unknown) => void) | undefined
}

/** Nobody closes a twin in process. */
const never = new AbortController().signal

/** Puts the control plane beside a twin that is called in process, where nobody but the caller's own code can reach it. */
export function withControlPlane(fetch: Fetch, options: PlaneOptions): Fetch {
  const env = { ...options, closing: never }
  return (request) => (isControl(request) ? Promise.resolve(controlApp.fetch(request, env)) : fetch(request))
}

/** Puts the control plane beside a twin on a port, guarded; the streams of the plane end when the listener closes. */
export function withGuardedControlPlane(
  answer: Answer,
  options: PlaneOptions & { readonly guard: GuardOptions; readonly closing: AbortSignal },
): Answer {
  return (request, arrival) => {
    if (!isControl(request)) return answer(request, arrival)
    const refused = refusal(request, getPath(request), options.guard)
    return refused === undefined ? controlApp.fetch(request, options) : toResponse(refused)
  }
}

function toResponse({ status, error }: GuardRefusal): Response {
  const headers = { 'Cache-Control': 'no-store', ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }) }
  return Response.json({ error }, { status, headers })
}

function isControl(request: Request): boolean {
  if (!request.url.includes(controlPath)) return false
  const path = getPath(request)
  return path === controlPath || path.startsWith(`${controlPath}/`)
}
