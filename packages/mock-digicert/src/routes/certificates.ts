import { answer, answerJson } from '@certtwin/mock-kit'
import { type Context, Hono } from 'hono'
import { findCertificate } from '../domain/certificates.ts'
import { certificateOfOrder, download, issuedChainOf, type Packing } from '../domain/downloads.ts'
import { findOrder } from '../domain/orders.ts'
import type { Certificate } from '../entities.ts'
import type { DigicertEnv } from '../env.ts'
import { readHeaders } from '../headers.ts'
import { listIntermediates } from '../intermediates.ts'
import { toChainAnswer, toIntermediateListView } from '../views/certificates.ts'

export const certificates: Hono<DigicertEnv> = new Hono<DigicertEnv>()

certificates.get('/certificate/intermediates', (context) => {
  const { world } = context.env
  const view = toIntermediateListView(listIntermediates(world))
  return answerJson(context, view, 200, readHeaders(JSON.stringify(view), world.clock))
})

certificates.get('/certificate/:certificate_id/chain', (context) => {
  const { world, caller } = context.env
  const certificate = findCertificate(world.state, caller, context.req.param('certificate_id'))
  const view = toChainAnswer(issuedChainOf(world, certificate))
  return answerJson(context, view, 200, readHeaders(JSON.stringify(view), world.clock))
})

certificates.get('/certificate/:certificate_id/download/format/:format_type', (context) => {
  const { certificate_id: id, format_type: format } = context.req.param()
  const { world, caller } = context.env
  return answerFile(context, findCertificate(world.state, caller, id), { format })
})

certificates.get('/certificate/:certificate_id/download/platform', (context) => {
  const { world, caller } = context.env
  return answerFile(context, findCertificate(world.state, caller, context.req.param('certificate_id')), {})
})

certificates.get('/certificate/:certificate_id/download/platform/:platform_id', (context) => {
  const { certificate_id: id, platform_id: platform } = context.req.param()
  const { world, caller } = context.env
  return answerFile(context, findCertificate(world.state, caller, id), { platform })
})

certificates.get('/certificate/download/order/:order_id', (context) => {
  const { order_id: id } = context.req.param()
  const { format_type, formatType } = context.req.query()
  return answerFile(context, certificateOf(context, id), { format: format_type || formatType })
})

certificates.get('/certificate/download/order/:order_id/format/:format_type', (context) => {
  const { order_id: id, format_type: format } = context.req.param()
  return answerFile(context, certificateOf(context, id), { format })
})

/** The certificate that a download of an order means. */
function certificateOf(context: Context<DigicertEnv>, orderId: string): Certificate {
  const { state } = context.env.world
  const { sub_id, subId } = context.req.query()
  return certificateOfOrder(state, findOrder(state, context.env.caller, orderId), sub_id || subId)
}

function answerFile(context: Context<DigicertEnv>, certificate: Certificate, packing: Packing): Response {
  const { world } = context.env
  const { content, contentType, fileName } = download(world, certificate, packing)
  return answer(context, content, 200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...readHeaders(content, world.clock),
  })
}
