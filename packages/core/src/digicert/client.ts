import { createCall } from '../transport/call.ts'
import { type Credential, requireCredential } from '../transport/credential.ts'
import type { ClientOptions } from '../transport/options.ts'
import { type Account, createAccount } from './account.ts'
import { digicertAuth } from './auth.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { digicertDialect } from './dialect.ts'
import { createDuplicates, type Duplicates } from './duplicates.ts'
import { createOrders, type Orders } from './orders.ts'
import { createProducts, type Products } from './products.ts'
import { createRequests, type Requests } from './requests.ts'
import type { Routes } from './routes.generated.ts'

/** What makes a client of DigiCert: a key, and what both clients take. */
export interface DigicertClientOptions extends ClientOptions {
  /** The API key of a CertCentral user, or a function that is asked for it before each attempt, so that keys may rotate. */
  readonly apiKey: Credential
}

/**
 * A client of the CertCentral Services API, grouped by resource.
 *
 * Whatever fails is a `CerttwinError`. Any call may fail with `invalid_options`, `unauthorized`, `forbidden`, `invalid_request`,
 * `rate_limited`, `server_error`, `network`, `timeout`, `aborted` and `unexpected_response`; what a call has beside them stands with it.
 */
export interface DigicertClient {
  /** Orders, from placing them to their revocation. */
  readonly orders: Orders
  /** Further certificates on an order, each with a key of its own. */
  readonly duplicates: Duplicates
  /** What waits for an approver. */
  readonly requests: Requests
  /** Issued certificates: files, chains, revocation. */
  readonly certificates: Certificates
  /** What can be ordered. */
  readonly products: Products
  /** The account of the key, and who and what is in it. */
  readonly account: Account
}

/** The instance for accounts in the United States; the European one is `https://certcentral.digicert.eu/services/v2`. */
const defaultBaseUrl = 'https://www.digicert.com/services/v2'

/**
 * Makes a client of DigiCert's CertCentral Services API v2.
 *
 * @throws CerttwinError `invalid_options` with the name of the option that cannot be used
 * @example
 * ```ts
 * const digicert = createDigicertClient({ apiKey: process.env.DIGICERT_API_KEY! })
 * const duplicate = await digicert.duplicates.create(1234567, {
 *   certificate: { common_name: 'www.example.com', csr, signature_hash: 'sha256' },
 * })
 * if (duplicate.state === 'issued') console.log(duplicate.certificate_chain[0]?.pem)
 * ```
 * @see https://dev.digicert.com/en/certcentral-apis/services-api.html
 */
export function createDigicertClient(options: DigicertClientOptions): DigicertClient {
  requireCredential('apiKey', options.apiKey)
  const auth = digicertAuth(options.apiKey)
  const service = { baseUrl: defaultBaseUrl, auth, dialect: digicertDialect }
  const call = createCall<Routes>(options, service)
  const certificates = createCertificates(call)
  const requests = createRequests(call)
  return {
    orders: createOrders(call),
    duplicates: createDuplicates(call, { certificates, requests }),
    requests,
    certificates,
    products: createProducts(call),
    account: createAccount(call),
  }
}
