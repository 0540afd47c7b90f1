import { Hono } from 'hono'
import { answerRead } from '../answer-read.ts'
import { containersOf } from '../domain/accounts.ts'
import type { DigicertEnv } from '../env.ts'
import { refuse } from '../errors.ts'
import { products as allProducts } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { toProductEntry, toProductView } from '../views/products.ts'

export const products: Hono<DigicertEnv> = new Hono<DigicertEnv>()

products.get('/product', (context) => {
  const { world, caller } = context.env
  const containers = containersOf(world.state, caller)
  return answerRead(context, { products: [...allProducts.values()].map((each) => toProductEntry(each, containers)) })
})

products.get('/product/:name_id', (context) => {
  const product = allProducts.get(context.req.param('name_id'))
  if (product === undefined) throw refuse('product-unknown')
  return answerRead(context, toProductView(product, profileOf(context.env.world)))
})
