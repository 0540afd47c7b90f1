import { Hono } from 'hono'
import type { ControlEnv } from '../env.ts'
import { readJson, readJsonIfAny, readJsonOrYaml, validated } from '../inputs.ts'
import { validateRandomChange } from '../validators.generated.js'

/** State, randomness, settings and actions of a world. */
export const world: Hono<ControlEnv> = new Hono<ControlEnv>()

world.post('/reset', (context) => {
  context.var.world.reset()
  return context.body(null, 204)
})

world.post('/seed', async (context) => {
  context.var.world.seed(await readJsonOrYaml(context.req))
  return context.body(null, 204)
})

world.get('/state', (context) => context.json(context.var.world.snapshot()))

world.put('/state', async (context) => {
  context.var.world.restore(await readJson(context.req))
  return context.body(null, 204)
})

world.put('/random', async (context) => {
  const { seed } = validated(validateRandomChange, await readJson(context.req)) as { seed: string }
  context.var.world.setRandom(seed)
  return context.body(null, 204)
})

world.get('/settings', (context) => context.json(context.var.world.settings))

world.put('/settings', async (context) => context.json(context.var.world.configure(await readJson(context.req))))

world.post('/actions/:name', async (context) =>
  context.json(context.var.world.act(context.req.param('name'), await readJsonIfAny(context.req))),
)
