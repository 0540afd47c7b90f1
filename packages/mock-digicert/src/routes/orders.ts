import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { listDuplicates, requestDuplicate } from '../domain/duplicates.ts'
import { listOrders } from '../domain/order-lists.ts'
import { findOrder, findOrderByAnyName } from '../domain/orders.ts'
import { placeOrder } from '../domain/placing.ts'
import { listStatusChanges } from '../domain/status-changes.ts'
import type { DigicertEnv } from '../env.ts'
import { answerRead } from '../answer-read.ts'
import { parseDuplicateRequest, parseFlag } from '../inputs/duplicates.ts'
import { parseOrder, parseProduct } from '../inputs/orders.ts'
import { pageOf, readPaging } from '../lists/paging.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { toDuplicateListView, toDuplicateResponse } from '../views/duplicates.ts'
import { toOrderListView, toStatusChangeListView } from '../views/order-lists.ts'
import { toOrderResponse } from '../views/placed-orders.ts'
import { toOrderView } from '../views/orders.ts'

export const orders: Hono<DigicertEnv> = new Hono<DigicertEnv>()

orders.get('/order/certificate', (context) => {
  const { world, caller } = context.env
  const { searchParams } = new URL(context.req.url)
  const paging = readPaging(context.req.query())
  const { items, page } = pageOf(listOrders(world, caller, searchParams), paging)
  return answerRead(context, toOrderListView(world, items, page))
})

orders.get('/order/certificate/status-changes', (context) => {
  const { world, caller } = context.env
  const { searchParams } = new URL(context.req.url)
  return answerRead(context, toStatusChangeListView(listStatusChanges(world, caller, searchParams)))
})

orders.get('/order/certificate/:order_or_product', (context) => {
  const { world, caller } = context.env
  const order = findOrderByAnyName(world, caller, context.req.param('order_or_product'))
  const includesCaaStatus = parseFlag('include_caa_status', context.req.query('include_caa_status'))
  return answerRead(context, toOrderView(world, order, { includesCaaStatus }))
})

orders.post('/order/certificate/:order_or_product', (context) => {
  const { world, caller, json } = context.env
  const product = parseProduct(context.req.param('order_or_product'), json)
  const wish = parseOrder(json, product, profileOf(world), caller.user)
  return answerJson(context, toOrderResponse(world, placeOrder(world, caller, product, wish)), 201)
})

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
