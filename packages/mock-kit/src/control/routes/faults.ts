import { Hono } from 'hono'
import type { FaultRule } from '../../faults/fault.ts'
import { type ControlEnv, worldOf } from '../env.ts'
import { readJson } from '../inputs.ts'

export const faults: Hono<ControlEnv> = new Hono<ControlEnv>()

faults.get('/faults', (context) => context.json({ faults: worldOf(context).faults.list() }))

faults.post('/faults', async (context) => {
  const world = worldOf(context)
  const rules = [await readJson(context.req)].flat() as FaultRule[] // `add` checks what they are
  return context.json({ faults: world.faults.add(...rules) })
})

faults.delete('/faults', (context) => {
  const world = worldOf(context, 'id')
  const id = context.req.query('id')
  if (id === undefined) world.faults.clear()
  else world.faults.remove(id)
  return context.body(null, 204)
})
