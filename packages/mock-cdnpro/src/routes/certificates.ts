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
import { doorOf } from '../doors.ts'
import { answerCreated } from '../answer-created.ts'
import { readRequestBody } from '../request-body.ts'
import { encryptionDates } from '../signature/check.ts'
import { editionOf } from '../edition.ts'
import { toCertificateView, toVersionView } from '../views/certificates.ts'
import type { CdnProEnv } from '../world.ts'

export const certificates: Hono<CdnProEnv> = new Hono()

certificates.get('/:certificateId/versions/:version', (context) => {
  const number = parseVersionNumber(context.req.param('version'))
  const { world, account } = context.env
  const certificate = getCertificate(world.state, account, context.req.param('certificateId'), editionOf(world))
  return answerJson(context, toVersionView(certificate, getVersion(certificate, number)))
})

certificates.post('/', (context) => {
  const input = readRequestBody(context, createCertificateBody)
  const { world } = context.env
  const { id } = createCertificate(world.state, callerOf(context), input, world)
  return answerCreated(context, `/cdn/certificates/${id}`)
})

certificates.get('/:certificateId', (context) => {
  const { world, account } = context.env
  const certificate = getCertificate(world.state, account, context.req.param('certificateId'), editionOf(world))
  return answerJson(context, toCertificateView(certificate, world.state.properties.values()))
})

certificates.patch('/:certificateId', (context) => {
  const input = readRequestBody(context, updateCertificateBody)
  const { world, account } = context.env
  const certificate = getCertificate(world.state, account, context.req.param('certificateId'), editionOf(world))
  const version = updateCertificate(world.state, callerOf(context), certificate, input, world)
  return answerCreated(
    context,
    version === undefined ? undefined : `/cdn/certificates/${certificate.id}/versions/${version}`,
  )
})

function callerOf(context: Context<CdnProEnv>): Caller {
  const { world, account } = context.env
  const dates = encryptionDates(context.req.raw.headers, doorOf(world))
  return { user: account, edition: editionOf(world), dates }
}

function parseVersionNumber(text: string): number {
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 2_147_483_647) throw invalidVersionNumber()
  return number
}
