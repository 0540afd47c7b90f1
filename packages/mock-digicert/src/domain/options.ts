import type { OrderOptions } from '../entities.ts'

/** What an order has when nobody asks for anything else. */
export const usualOptions: OrderOptions = {
  organizationUnits: [],
  paymentMethod: 'balance',
  autoRenew: false,
  disableRenewalNotifications: false,
  additionalEmails: [],
  customFields: [],
}
