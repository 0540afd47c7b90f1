/** An order that the page offers, with what it shows. */
export interface OrderChoice {
  readonly id: number
  readonly title: string
  readonly hint: string
  readonly commonName: string
  readonly dnsNames: readonly string[]
}

/** Orders that the DigiCert twin knows from the start, one for each way that a duplicate can go. */
export const seedOrders: readonly OrderChoice[] = [
  {
    id: 1234567,
    title: 'Issued at once',
    hint: 'The answer already holds the new certificate.',
    commonName: 'www.digicert.com',
    dnsNames: [],
  },
  {
    id: 112233,
    title: 'Needs an approval',
    hint: 'The request waits until you approve or reject it.',
    commonName: 'example.com',
    dnsNames: ['sub.example.com'],
  },
  {
    id: 100009,
    title: 'Waits for validation',
    hint: 'The organization is not validated, so nothing is issued yet.',
    commonName: 'hold.example.net',
    dnsNames: [],
  },
]
