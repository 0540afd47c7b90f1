import { answerJson } from '@certtwin/mock-kit'
import { type Context, Hono } from 'hono'
import { createCertificateBody, updateCertificateBody } from '../body-shapes.ts'
import { invalidVersionNumber } from '../domain/certificate-errors.ts'
import {
  type Caller,
  createCertificate,
  getCertificate,
  getVersion,
  updateCertificate,
} from '../domain/certificates.ts'
import { answerCreated } from '../answer-created.ts'
import { readRequestBody } from '../request-body.ts'
import { signedDates } from '../signature.ts'
import { toCertificateView, toVersionView } from '../views.ts'
import type { CdnProEnv } from '../world.ts'

export const certificates: Hono<CdnProEnv> = new Hono()

certificates.get('/:certificateId/versions/:version', (context) => {
  const number = parseVersionNumber(context.req.param('version'))
  const { state } = context.env.world
  const certificate = getCertificate(state, context.env.account, context.req.param('certificateId'))
  return answerJson(context, toVersionView(certificate, getVersion(certificate, number)))
})

certificates.post('/', (context) => {
  const input = readRequestBody(context, createCertificateBody)
  const { world } = context.env
  const { id } = createCertificate(world.state, callerOf(context), input, world)
  return answerCreated(context, `/cdn/certificates/${id}`)
})

certificates.get('/:certificateId', (context) => {
  const { state } = context.env.world
  const certificate = getCertificate(state, context.env.account, context.req.param('certificateId'))
  return answerJson(context, toCertificateView(certificate, state.properties.values()))
})

certificates.patch('/:certificateId', (context) => {
  const input = readRequestBody(context, updateCertificateBody)
  const { world } = context.env
  const certificate = getCertificate(world.state, context.env.account, context.req.param('certificateId'))
  const version = updateCertificate(world.state, callerOf(context), certificate, input, world)
  return answerCreated(
    context,
    version === undefined ? undefined : `/cdn/certificates/${certificate.id}/versions/${version}`,
  )
})

function callerOf(context: Context<CdnProEnv>): Caller {
  return { user: context.env.account, dates: signedDates(context.req.raw.headers) }
}

function parseVersionNumber(text: string): number {
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 2_147_483_647) throw invalidVersionNumber()
  return number
}
