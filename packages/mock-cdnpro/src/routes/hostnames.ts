import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { findServing } from '../domain/hostnames.ts'
import { editionOf } from '../edition.ts'
import { toHostnameView } from '../views/properties.ts'
import type { CdnProEnv } from '../world.ts'

export const hostnames: Hono<CdnProEnv> = new Hono()

hostnames.get('/:hostname', (context) => {
  const { world, account } = context.env
  const hostname = context.req.param('hostname')
  const production = findServing(world.state, account, hostname, 'production')
  const staging = findServing(world.state, account, hostname, 'staging')
  return answerJson(context, toHostnameView(hostname, { production, staging }, editionOf(world)))
})
