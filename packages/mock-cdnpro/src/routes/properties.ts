import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { answerCreated } from '../answer-created.ts'
import { invalidVersionNumber } from '../domain/certificate-errors.ts'
import { createPropertyVersion, getProperty, getPropertyVersion } from '../domain/properties.ts'
import { readVersionNumber } from '../domain/task-action.ts'
import { readOpenBody } from '../request-body.ts'
import { toPropertyVersionView } from '../views/properties.ts'
import type { CdnProEnv } from '../world.ts'

export const properties: Hono<CdnProEnv> = new Hono()

properties.post('/:propertyId/versions', (context) => {
  const { world, account } = context.env
  const body = readOpenBody(context)
  const property = getProperty(world.state, account, context.req.param('propertyId'))
  const number = createPropertyVersion(world.state, property, body)
  return answerCreated(context, `/cdn/properties/${property.id}/versions/${number}`)
})

properties.get('/:propertyId/versions/:version', (context) => {
  const { world, account } = context.env
  const number = readVersionNumber(context.req.param('version'))
  if (number === undefined) throw invalidVersionNumber()
  const property = getProperty(world.state, account, context.req.param('propertyId'))
  return answerJson(context, toPropertyVersionView(property, number, getPropertyVersion(property, number)))
})
