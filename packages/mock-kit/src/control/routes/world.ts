import { Hono } from 'hono'
import { type ControlEnv, worldOf } from '../env.ts'
import { moving, readJson, readJsonIfAny, readJsonOrYaml, stateLimitBytes, validated } from '../inputs.ts'
import { validateRandomChange } from '../validators.generated.js'

/** State, randomness, settings and actions of a world. */
export const world: Hono<ControlEnv> = new Hono<ControlEnv>()

world.post('/reset', (context) => {
  worldOf(context).reset()
  return context.body(null, 204)
})

world.post('/seed', async (context) => {
  const { seed } = worldOf(context)
  seed(await readJsonOrYaml(context.req, stateLimitBytes))
  return context.body(null, 204)
})

world.get('/state', (context) => context.json(worldOf(context).snapshot()))

world.put('/state', async (context) => {
  const { restore } = worldOf(context)
  const snapshot = await readJson(context.req, stateLimitBytes)
  moving(() => restore(snapshot))
  return context.body(null, 204)
})

world.put('/random', async (context) => {
  const { setRandom } = worldOf(context)
  const { seed } = validated(validateRandomChange, await readJson(context.req)) as { seed: string }
  setRandom(seed)
  return context.body(null, 204)
})

world.get('/settings', (context) => context.json(worldOf(context).settings))

world.put('/settings', async (context) => {
  const { configure } = worldOf(context)
  return context.json(configure(await readJson(context.req)))
})

world.post('/actions/:name', async (context) => {
  const { act } = worldOf(context)
  return context.json(act(context.req.param('name'), await readJsonIfAny(context.req)))
})
