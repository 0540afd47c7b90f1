import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { listDuplicates, requestDuplicate } from '../domain/duplicates.ts'
import { findOrder } from '../domain/orders.ts'
import type { DigicertEnv } from '../env.ts'
import { answerRead } from '../answer-read.ts'
import { parseDuplicateRequest, parseFlag } from '../inputs.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { toDuplicateListView, toDuplicateResponse } from '../views.ts'

export const orders: Hono<DigicertEnv> = new Hono<DigicertEnv>()

orders.post('/order/certificate/:order_id/duplicate', (context) => {
  const { world } = context.env
  const caller = context.env.caller
  const order = findOrder(world.state, caller, context.req.param('order_id'))
  const wish = parseDuplicateRequest(context.env.json, productOf(order), profileOf(world))
  return answerJson(context, toDuplicateResponse(requestDuplicate(world, caller, order, wish)), 201)
})

orders.get('/order/certificate/:order_id/duplicate', (context) => {
  const { world } = context.env
  const order = findOrder(world.state, context.env.caller, context.req.param('order_id'))
  const showsArchived = parseFlag('show_archived', context.req.query('show_archived'))
  return answerRead(context, toDuplicateListView(world, listDuplicates(world, order, showsArchived)))
})
