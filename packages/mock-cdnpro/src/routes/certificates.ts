import { answer, answerJson } from '@certtwin/mock-kit'
import { type Context, Hono } from 'hono'
import { answerCreated } from '../answer-created.ts'
import { createCertificateBody, updateCertificateBody } from '../body-shapes.ts'
import { reportedUser } from '../delegation.ts'
import { listCertificates } from '../domain/certificate-list.ts'
import { getCertificate, getVersion, readVersionText } from '../domain/certificates.ts'
import { createSigningRequest, readAuthority } from '../domain/csr.ts'
import { deleteCertificate, deleteVersion } from '../domain/deletions.ts'
import { type Caller, createCertificate, updateCertificate } from '../domain/storing.ts'
import { doorOf } from '../doors.ts'
import { editionOf } from '../edition.ts'
import type { StoredCertificate } from '../entities.ts'
import { generations } from '../generations.ts'
import { readRequestBody } from '../request-body.ts'
import { encryptionDates } from '../signature/check.ts'
import { toCertificateListView, toCertificateView, toSigningRequestView, toVersionView } from '../views/certificates.ts'
import type { CdnProEnv } from '../world.ts'

export const certificates: Hono<CdnProEnv> = new Hono()

certificates.get('/:certificateId/versions/:version', (context) => {
  const edition = editionOf(context.env.world)
  const number = readVersionText(context.req.param('version'), generations[edition.generation].knowsLatest)
  const certificate = certificateOf(context, context.req.param('certificateId'))
  return answerJson(context, toVersionView(certificate, getVersion(certificate, number), edition))
})

certificates.delete('/:certificateId/versions/:version', (context) => {
  const number = readVersionText(context.req.param('version'), false) as number
  deleteVersion(context.env.world, certificateOf(context, context.req.param('certificateId')), number)
  return answer(context, null, 204)
})

certificates.get('/', (context) => {
  const { world } = context.env
  const page = listCertificates(world, reportedUser(context), new URL(context.req.url).searchParams)
  return answerJson(context, toCertificateListView(page, editionOf(world)))
})

certificates.post('/', (context) => {
  const { world } = context.env
  const input = readRequestBody(context, createCertificateBody(editionOf(world)))
  const { id } = createCertificate(world, callerOf(context), input)
  return answerCreated(context, `/cdn/certificates/${id}`)
})

certificates.get('/:certificateId', (context) => {
  const { world } = context.env
  const certificate = certificateOf(context, context.req.param('certificateId'))
  return answerJson(context, toCertificateView(certificate, world.state.properties.values(), editionOf(world)))
})

certificates.patch('/:certificateId', (context) => {
  const { world } = context.env
  const input = readRequestBody(context, updateCertificateBody(editionOf(world)))
  const certificate = certificateOf(context, context.req.param('certificateId'))
  const version = updateCertificate(world, callerOf(context), certificate, input)
  return answerCreated(
    context,
    version === undefined ? undefined : `/cdn/certificates/${certificate.id}/versions/${version}`,
  )
})

certificates.delete('/:certificateId', (context) => {
  deleteCertificate(context.env.world, certificateOf(context, context.req.param('certificateId')))
  return answer(context, null, 204)
})

certificates.get('/:certificateId/csr', (context) => {
  const { world } = context.env
  const authority = readAuthority(context.req.query('dcv'))
  const certificate = certificateOf(context, context.req.param('certificateId'))
  const request = createSigningRequest(world, certificate, authority)
  return answerJson(context, toSigningRequestView(certificate, request, editionOf(world)))
})

/** @throws Refusal `InvalidCertId` */
function certificateOf({ env: { world, account } }: Context<CdnProEnv>, id: string): StoredCertificate {
  return getCertificate(world.state, account, id, editionOf(world))
}

function callerOf(context: Context<CdnProEnv>): Caller {
  const { world, account } = context.env
  return { user: account, dates: encryptionDates(context.req.raw.headers, doorOf(world)) }
}
