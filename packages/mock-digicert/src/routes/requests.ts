import { answer } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { answerRead } from '../answer-read.ts'
import { listRequests } from '../domain/request-lists.ts'
import { findRequest, requireApprover, updateRequestStatus } from '../domain/requests.ts'
import type { DigicertEnv } from '../env.ts'
import { parseStatusUpdate } from '../inputs/duplicates.ts'
import { pageOf, readPaging } from '../lists/paging.ts'
import { toRequestListView, toRequestView } from '../views/requests.ts'

/** Unlike other lists, this one is whole unless a limit is given (documented). */
const listsAll = 0

export const requests: Hono<DigicertEnv> = new Hono<DigicertEnv>()

requests.get('/request', (context) => {
  const { world, caller } = context.env
  const { searchParams } = new URL(context.req.url)
  const paging = readPaging(context.req.query(), listsAll)
  const { items, page } = pageOf(listRequests(world, caller, searchParams), paging)
  return answerRead(context, toRequestListView(world.state, items, page))
})

requests.get('/request/:request_id', (context) => {
  const { state } = context.env.world
  const request = findRequest(state, context.env.caller, context.req.param('request_id'))
  return answerRead(context, toRequestView(state, request))
})

requests.put('/request/:request_id/status', (context) => {
  const { world } = context.env
  const caller = context.env.caller
  const request = findRequest(world.state, caller, context.req.param('request_id'))
  requireApprover(world.state, caller, request)
  updateRequestStatus(world, caller, request, parseStatusUpdate(context.env.json))
  return answer(context, null, 204)
})
