import type { CertificateValidity } from '../api.generated.ts'
import { formatDay } from '../domain/dates.ts'
import type { Certificate, Order, ValidityWish } from '../entities.ts'

/** What later generations say about the time that an order lasts (one client). */
export interface OrderValidityMembers {
  order_validity: CertificateValidity
  order_valid_till?: string
  is_multi_year_plan?: string
}

export function orderValidityMembers({ validity, validTill }: Order, { issuance }: Certificate): OrderValidityMembers {
  const isLonger = validTill !== undefined && issuance !== undefined && validTill > issuance.validTill
  return {
    order_validity: toValidityView(validity),
    ...(validTill !== undefined && { order_valid_till: formatDay(validTill) }),
    ...(isLonger && { is_multi_year_plan: '1' }),
  }
}

export function toValidityView({ years, days, lastDay }: ValidityWish): CertificateValidity {
  return {
    ...(years !== undefined && { years }),
    ...(days !== undefined && { days }),
    ...(lastDay !== undefined && { custom_expiration_date: formatDay(lastDay) }),
  }
}
