import { Hono } from 'hono'
import type { components } from '../control.generated.ts'
import type { ControlEnv } from '../env.ts'
import { readJson, validated } from '../inputs.ts'
import { validateAdvance, validateClockChange } from '../validators.generated.js'
import { toClockView } from '../views.ts'

type Schemas = components['schemas']

export const clock: Hono<ControlEnv> = new Hono<ControlEnv>()

clock.get('/clock', (context) => context.json(toClockView(context.var.world.clock)))

clock.put('/clock', async (context) => {
  const change = validated(validateClockChange, await readJson(context.req)) as Schemas['ClockChange']
  context.var.world.moveClock(change)
  return context.json(toClockView(context.var.world.clock))
})

clock.post('/clock/advance', async (context) => {
  const { by } = validated(validateAdvance, await readJson(context.req)) as Schemas['Advance']
  context.var.world.advance(by)
  return context.json(toClockView(context.var.world.clock))
})
