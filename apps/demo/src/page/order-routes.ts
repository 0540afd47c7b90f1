import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describeOrder } from './orders.ts'
import { createTracedClients, type Services } from './services.ts'
import type { Exchange } from './trace.ts'

/** An order at DigiCert with its certificates, and the requests that it took to learn of them. */
export function createOrderRoutes(services: Services): Hono {
  const routes = new Hono()
  routes.get('/:id', async (context) => {
    const id = context.req.param('id')
    if (!/^[1-9]\d{0,14}$/.test(id)) throw new HTTPException(400, { message: 'An order has a number: give that.' })
    const exchanges: Exchange[] = []
    const { digicert } = createTracedClients(services, (exchange) => exchanges.push(exchange))
    const order = await describeOrder(digicert, Number(id))
    return context.json({ order, exchanges })
  })
  return routes
}
