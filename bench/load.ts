import { join } from 'node:path'
import { startChild } from './child.ts'
import type { LoadJob, LoadSample } from './load/generate-load.ts'
import type { LoadReply } from './load/main.ts'
import { digicertServerPath, requestOf, type Target, toWire, type WireRequest } from './requests.ts'
import type { Server } from './server.ts'
import type { Subject } from './subjects.ts'

/** How a sample is taken; the rest of a job follows from server and target. */
export type Sampling = Pick<LoadJob, 'connections' | 'warmUpMs' | 'until'>

/** The load generator, in a process of its own. */
export interface Load {
  /** @throws Error when the server fails under load */
  sample(server: Server, target: Target, sampling: Sampling): Promise<LoadSample>
  stop(): Promise<void>
}

export function startLoad(core: number | undefined): Load {
  const child = startChild([process.execPath, join(import.meta.dirname, 'load/main.ts')], { core, talks: true })
  return {
    async sample({ subject, port }, target, sampling) {
      const request = requestFor(subject, target)
      const job: LoadJob = { port, request: toWire(request, port), expectedStatus: request.expectedStatus, ...sampling }
      const reply = await child.ask<LoadReply>(job)
      if ('problem' in reply) throw new Error(reply.problem)
      return reply.sample
    },
    stop: () => child.stop(),
  }
}

/** The request of this moment with the path that the subject knows. */
export function requestFor({ dropsServerPath, renewsCsr }: Subject, target: Target): WireRequest {
  const request = requestOf[renewsCsr ? 'duplicate-renewed' : target](Date.now())
  return dropsServerPath ? { ...request, path: request.path.replace(digicertServerPath, '') } : request
}
