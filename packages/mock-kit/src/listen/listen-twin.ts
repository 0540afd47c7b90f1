import { isLoopback } from '../control/guard.ts'
import { withGuardedControlPlane } from '../control/plane.ts'
import { createRandom } from '../random.ts'
import type { Twin, TwinOptions } from '../twin.ts'
import { hostOf, listen, type Listening, type ListenOptions } from './listen.ts'

/** A port for a twin. */
export interface TwinListenOptions extends ListenOptions {
  /** Wanted by the control plane. Made up where the host is not loopback and none is given; none on loopback. */
  readonly token?: string
}

/** A twin on a port. */
export interface TwinListening extends Listening {
  /** What the control plane wants as `Authorization: Bearer`; undefined when it wants nothing. */
  readonly token: string | undefined
}

/** Serves a twin with its control plane, guarded. @throws ListenError when the port is in use or not permitted */
export async function listenTwin(
  twin: Twin<object>,
  headerNames: readonly string[],
  { control = true, onError }: Pick<TwinOptions, 'control' | 'onError'>,
  { token: wanted, ...listenOptions }: TwinListenOptions = {},
): Promise<TwinListening> {
  const host = hostOf(listenOptions)
  const token = wanted ?? (isLoopback(host) ? undefined : createRandom().hex(16))
  const closing = new AbortController()
  const plane = { twin, onError, guard: { token, host }, closing: closing.signal }
  const answer = control ? withGuardedControlPlane(twin.answer, plane) : twin.answer
  const listening = await listen(answer, { headerNames, ...(onError && { onError }), ...listenOptions })
  return {
    ...listening,
    token: control ? token : undefined,
    close() {
      closing.abort()
      return listening.close()
    },
    drain(graceMs) {
      closing.abort()
      return listening.drain(graceMs)
    },
  }
}
