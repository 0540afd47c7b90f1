import type { CertificateChain, CertificateChainEntry, Intermediate, IntermediateList } from '../api.generated.ts'
import { formatMoment } from '../domain/dates.ts'
import { type Chain, toPem } from '../domain/issuance.ts'
import type { KnownIntermediate } from '../intermediates.ts'

/** A chain as it comes with an issued certificate: leaf, intermediate, root. */
export function toChainView(chain: Chain): CertificateChainEntry[] {
  return chain.map((certificate) => ({
    subject_common_name: certificate.commonName,
    pem: toPem(certificate, '\r\n'),
  }))
}

/** The answer to a question for the chain, whose member is called by the vendor's word for all of it. */
export function toChainAnswer(chain: Chain): CertificateChain {
  return { intermediates: toChainView(chain) }
}

export function toIntermediateListView(intermediates: readonly KnownIntermediate[]): IntermediateList {
  return { intermediates: intermediates.map(toIntermediateView) }
}

function toIntermediateView({ id, organization, certificate, info, thumbprint }: KnownIntermediate): Intermediate {
  const { notBefore, notAfter, serialNumber } = info
  return {
    id,
    subject_common_name: certificate.commonName,
    subject_org_name: organization,
    valid_from: formatMoment(notBefore.getTime()),
    valid_to: formatMoment(notAfter.getTime()),
    serial_number: evenHex(serialNumber).toUpperCase(),
    thumbprint: thumbprint.toUpperCase(),
    signature_hash: info.signatureAlgorithm.hash!.toUpperCase(), // one that is not in the list signs none of ours
    is_private: '0',
  }
}

/** Whole octets. */
function evenHex(hex: string): string {
  return hex.length % 2 === 0 ? hex : `0${hex}`
}
