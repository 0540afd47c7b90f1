import { answer, answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { answerRead } from '../answer-read.ts'
import { parseOrderStatusUpdate, parseRevocation } from '../inputs/changes.ts'
import { updateOrderStatus } from '../domain/cancellation.ts'
import { findOrder } from '../domain/orders.ts'
import { listReissues, requestReissue } from '../domain/reissues.ts'
import { requestRevocation, wholeOrder } from '../domain/revocations.ts'
import type { DigicertEnv } from '../env.ts'
import { parseFlag, parseReissueRequest } from '../inputs/duplicates.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { toReissueListView } from '../views/reissues.ts'
import { toRevocationResponse } from '../views/requests.ts'
import { toDuplicateResponse } from '../views/duplicates.ts'

/** What happens to an order after it was issued, beside duplicates. */
export const orderChanges: Hono<DigicertEnv> = new Hono<DigicertEnv>()

orderChanges.post('/order/certificate/:order_id/reissue', (context) => {
  const { world, caller } = context.env
  const order = findOrder(world.state, caller, context.req.param('order_id'))
  const wish = parseReissueRequest(context.env.json, productOf(order), profileOf(world))
  return answerJson(context, toDuplicateResponse(requestReissue(world, caller, order, wish)), 201)
})

orderChanges.get('/order/certificate/:order_id/reissue', (context) => {
  const { world, caller } = context.env
  const order = findOrder(world.state, caller, context.req.param('order_id'))
  const showsArchived = parseFlag('show_archived', context.req.query('show_archived'))
  return answerRead(context, toReissueListView(world, listReissues(world, order, showsArchived)))
})

orderChanges.put('/order/certificate/:order_id/revoke', (context) => {
  const { world, caller } = context.env
  const order = findOrder(world.state, caller, context.req.param('order_id'))
  const wish = parseRevocation(context.env.json)
  const request = requestRevocation(world, caller, wholeOrder(world.state, order), wish)
  if (request === undefined) return answer(context, null, 204)
  return answerJson(context, toRevocationResponse(world.state, request), 201)
})

orderChanges.put('/order/certificate/:order_id/status', (context) => {
  const { world, caller } = context.env
  const order = findOrder(world.state, caller, context.req.param('order_id'))
  updateOrderStatus(world, caller, order, parseOrderStatusUpdate(context.env.json))
  return answer(context, null, 204)
})
