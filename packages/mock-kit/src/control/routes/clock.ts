import { Hono } from 'hono'
import type { components } from '../control.generated.ts'
import { type ControlEnv, worldOf } from '../env.ts'
import { moving, readJson, validated } from '../inputs.ts'
import { validateAdvance, validateClockChange } from '../validators.generated.js'
import { toClockView } from '../views.ts'

type Schemas = components['schemas']

export const clock: Hono<ControlEnv> = new Hono<ControlEnv>()

clock.get('/clock', (context) => context.json(toClockView(worldOf(context).clock)))

clock.put('/clock', async (context) => {
  const world = worldOf(context)
  const change = validated(validateClockChange, await readJson(context.req)) as Schemas['ClockChange']
  moving(() => world.moveClock(change))
  return context.json(toClockView(world.clock))
})

clock.post('/clock/advance', async (context) => {
  const world = worldOf(context)
  const { by } = validated(validateAdvance, await readJson(context.req)) as Schemas['Advance']
  moving(() => world.advance(by))
  return context.json(toClockView(world.clock))
})
