import { answer } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { findRequest, requireApprover, updateRequestStatus } from '../domain/requests.ts'
import type { DigicertEnv } from '../env.ts'
import { parseStatusUpdate } from '../inputs.ts'

export const requests: Hono<DigicertEnv> = new Hono<DigicertEnv>()

requests.put('/request/:request_id/status', (context) => {
  const { world } = context.env
  const caller = context.env.caller
  const request = findRequest(world.state, caller, context.req.param('request_id'))
  requireApprover(world.state, caller, request)
  updateRequestStatus(world, caller, request, parseStatusUpdate(context.env.json))
  return answer(context, null, 204)
})
