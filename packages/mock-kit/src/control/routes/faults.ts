import { Hono } from 'hono'
import type { FaultRule } from '../../faults/fault.ts'
import type { ControlEnv } from '../env.ts'
import { readJson } from '../inputs.ts'

export const faults: Hono<ControlEnv> = new Hono<ControlEnv>()

faults.get('/faults', (context) => context.json({ faults: context.var.world.faults.list() }))

faults.post('/faults', async (context) => {
  const rules = [await readJson(context.req)].flat() as FaultRule[] // `add` checks what they are
  return context.json({ faults: context.var.world.faults.add(...rules) })
})

faults.delete('/faults', (context) => {
  const id = context.req.query('id')
  if (id === undefined) context.var.world.faults.clear()
  else context.var.world.faults.remove(id)
  return context.body(null, 204)
})
