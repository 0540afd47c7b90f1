import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { answerCreated } from '../answer-created.ts'
import { createValidationBody } from '../body-shapes.ts'
import { countValidationRead, createValidation, getValidation } from '../domain/validations.ts'
import { editionOf } from '../edition.ts'
import { readRequestBody } from '../request-body.ts'
import { toValidationView } from '../views/properties.ts'
import type { CdnProEnv } from '../world.ts'

export const validations: Hono<CdnProEnv> = new Hono()

validations.post('/', (context) => {
  const input = readRequestBody(context, createValidationBody)
  const { world, account } = context.env
  const { state, clock, random } = world
  const surroundings = { nowMs: clock.now(), random, edition: editionOf(world) }
  const { id } = createValidation(state, account, input, surroundings)
  return answerCreated(context, `/cdn/validations/${id}`)
})

validations.get('/:validationId', (context) => {
  const { world, account } = context.env
  const { state, settings, clock } = world
  const validation = getValidation(state, account, context.req.param('validationId'))
  const view = toValidationView(validation)
  countValidationRead(state, settings.lifecycle, validation, clock.now())
  return answerJson(context, view)
})
