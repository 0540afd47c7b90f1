import { getPath } from 'hono/utils/url'
import type { Answer, Fetch } from '../fetch.ts'
import type { Twin } from '../twin.ts'
import type * as ControlApp from './app.ts'
import type { ControlEnv } from './env.ts'
import { type GuardOptions, type GuardRefusal, refusal } from './guard.ts'
import { controlPath } from './path.ts'

/** The twin of a control plane, and who is told when the plane itself fails. */
export interface PlaneOptions {
  readonly twin: Twin<object>
  readonly onError: ((error: unknown) => void) | undefined
}

/** A twin that starts has no use for it yet, and most of those in tests never have. */
const load = (): Promise<typeof ControlApp> => import('./app.ts')

/** The operations of the control plane. */
export async function listControlRoutes(): Promise<readonly ControlApp.ControlRoute[]> {
  return (await load()).controlRoutes
}

/** Nobody closes a twin in process. */
const never = new AbortController().signal

/** Puts the control plane beside a twin that is called in process, where nobody but the caller's own code can reach it. */
export function withControlPlane(fetch: Fetch, options: PlaneOptions): Fetch {
  const env = { ...options, closing: never }
  return (request) => (isControl(request) ? answerControl(request, env) : fetch(request))
}

/** Puts the control plane beside a twin on a port, guarded; the streams of the plane end when the listener closes. */
export function withGuardedControlPlane(
  answer: Answer,
  options: PlaneOptions & { readonly guard: GuardOptions; readonly closing: AbortSignal },
): Answer {
  return (request, arrival) => {
    if (!isControl(request)) return answer(request, arrival)
    const refused = refusal(request, getPath(request), options.guard)
    return refused === undefined ? answerControl(request, options) : toResponse(refused)
  }
}

async function answerControl(request: Request, env: ControlEnv['Bindings']): Promise<Response> {
  return (await load()).controlApp.fetch(request, env)
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
