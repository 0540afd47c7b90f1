/** Why a request was refused, for the person who debugs the caller; the wire says less. */
export type RefusalReason =
  | 'key-missing'
  | 'key-unknown'
  | 'permission-missing'
  | 'approver-invalid'
  | 'prefix-unknown'
  | 'path-unknown'
  | 'method-unknown'
  | 'user-unknown'
  | 'user-of-other-account'
  | 'organization-unknown'
  | 'organization-of-other-account'
  | 'product-unknown'
  | 'order-unknown'
  | 'order-of-other-account'
  | 'order-of-other-user'
  | 'request-unknown'
  | 'request-of-other-account'
  | 'request-of-other-user'
  | 'certificate-unknown'
  | 'certificate-of-other-account'
  | 'certificate-of-other-user'
  | 'certificate-not-issued'
  | 'rate-limited'
  | 'not-acceptable'
  | 'body-too-large'
  | 'content-type-unsupported'
  | 'body-unparsable'
  | 'param-missing'
  | 'param-invalid'
  | 'csr-unparsable'
  | 'csr-signature-invalid'
  | 'csr-key-size'
  | 'csr-key-type'
  | 'signature-hash-invalid'
  | 'server-platform-invalid'
  | 'name-invalid'
  | 'common-name-not-on-order'
  | 'common-name-fixed'
  | 'dns-name-not-on-order'
  | 'dns-name-not-subdomain'
  | 'duplicates-not-allowed'
  | 'order-not-issued'
  | 'order-revoked'
  | 'order-expired'
  | 'certificate-revoked'
  | 'order-already-revoked'
  | 'certificate-already-revoked'
  | 'reissue-pending'
  | 'order-status-invalid'
  | 'primary-not-archivable'
  | 'request-already-processed'
  | 'validity-exceeds-order'
  | 'product-ambiguous'
  | 'time-frame-too-long'
  | 'ca-certificate-unknown'
  | 'world-unknown'
  | 'list-unknown'
  | 'internal-error'

/** How a refusal looks on the wire; `<>` stands for the name or path that it is about. */
export type RefusalView = readonly [
  status: 400 | 403 | 404 | 406 | 413 | 415 | 429 | 500,
  code: string,
  message: string,
]

/**
 * Everything that the twin refuses, by the reason. The class of evidence of each code and message is in the OpenAPI document.
 */
export const refusals: Readonly<Record<RefusalReason, RefusalView>> = {
  'key-missing': [403, 'access_denied|access_denied_invalid_key', 'Access denied due to access_denied_invalid_key.'],
  'key-unknown': [403, 'access_denied|access_denied_invalid_key', 'Access denied due to access_denied_invalid_key.'],
  'permission-missing': [403, 'access_denied|missing_permission', 'Access denied due to missing_permission.'],
  'approver-invalid': [403, 'access_denied|invalid_approver', 'Access denied due to invalid_approver.'],
  'prefix-unknown': [404, 'not_found', 'Not found.'],
  'path-unknown': [404, 'not_found|route', 'The specified route was not found.'],
  'method-unknown': [404, 'not_found|route', 'The specified route was not found.'],
  'user-unknown': [404, 'not_found|user', 'The specified user was not found.'],
  'user-of-other-account': [404, 'not_found|user', 'The specified user was not found.'],
  'organization-unknown': [404, 'not_found|organization', 'The specified organization was not found.'],
  'organization-of-other-account': [404, 'not_found|organization', 'The specified organization was not found.'],
  'product-unknown': [404, 'not_found|product', 'The specified product was not found.'],
  'order-unknown': [404, 'not_found|order', 'The specified order was not found.'],
  'order-of-other-user': [404, 'not_found|order', 'The specified order was not found.'],
  'order-of-other-account': [404, 'not_found|order', 'The specified order was not found.'],
  'request-unknown': [404, 'not_found|request', 'The specified request was not found.'],
  'request-of-other-account': [404, 'not_found|request', 'The specified request was not found.'],
  'request-of-other-user': [404, 'not_found|request', 'The specified request was not found.'],
  'certificate-unknown': [404, 'not_found|certificate', 'The specified certificate was not found.'],
  'certificate-of-other-account': [404, 'not_found|certificate', 'The specified certificate was not found.'],
  'certificate-of-other-user': [404, 'not_found|certificate', 'The specified certificate was not found.'],
  'certificate-not-issued': [404, 'not_found|certificate', 'The specified certificate was not found.'],
  'rate-limited': [429, 'request_limit_exceeded', 'Service unavailable, please limit request volume'],
  'not-acceptable': [406, 'not_acceptable', 'The requested content type is not acceptable.'],
  'body-too-large': [413, 'request_too_large', 'The request body is too large.'],
  'content-type-unsupported': [415, 'unsupported_content_type', 'The content type of the request is not supported.'],
  'body-unparsable': [400, 'bad_request_format', 'The request body could not be parsed.'],
  'param-missing': [400, 'required_param:<>', '<> is a required parameter.'],
  'param-invalid': [400, 'invalid_param:<>', '<> is an invalid parameter.'],
  'csr-unparsable': [400, 'csr_invalid_cannot_parse', 'The CSR could not be parsed.'],
  'csr-signature-invalid': [400, 'csr_invalid_signature', 'The CSR signature could not be verified.'],
  'csr-key-size': [400, 'csr_invalid_key_size', 'The CSR key size is not allowed.'],
  'csr-key-type': [400, 'csr_invalid_key_type', 'The CSR key type is not allowed.'],
  'signature-hash-invalid': [400, 'invalid_signature_hash', 'The specified signature hash is not allowed.'],
  'server-platform-invalid': [400, 'invalid_server_platform', 'The specified server platform was not found.'],
  'name-invalid': [400, 'invalid_dns_name|<>', '<> is not a valid domain name.'],
  'common-name-not-on-order': [400, 'common_name_not_on_order|<>', 'The common name <> is not on the original order.'],
  'common-name-fixed': [400, 'common_name_change_not_allowed', 'The common name cannot be changed for this product.'],
  'dns-name-not-on-order': [400, 'dns_name_not_on_order|<>', 'The domain <> is not on the original order.'],
  'dns-name-not-subdomain': [
    400,
    'dns_name_not_subdomain|<>',
    'The domain <> is not a subdomain of the wildcard on the order.',
  ],
  'duplicates-not-allowed': [400, 'duplicates_not_allowed', 'Duplicates are not allowed for this product.'],
  'order-not-issued': [400, 'order_not_issued', 'The order has not been issued.'],
  'order-revoked': [400, 'order_is_revoked', 'The order is revoked.'],
  'order-expired': [400, 'order_is_expired', 'The order is expired.'],
  'certificate-revoked': [400, 'certificate_is_revoked', 'The primary certificate on the order is revoked.'],
  'order-already-revoked': [400, 'order_already_revoked', 'The order is already revoked.'],
  'certificate-already-revoked': [400, 'certificate_already_revoked', 'The certificate is already revoked.'],
  'reissue-pending': [400, 'cannot_revoke_pending_reissue', 'A reissue of this certificate is pending.'],
  'order-status-invalid': [400, 'invalid_order_status', 'The order status does not allow this operation.'],
  // Documented without a dot at its end.
  'primary-not-archivable': [400, 'cannot_archive_primary_certificate', 'Primary certificate cannot be archived'],
  'request-already-processed': [400, 'request_already_processed', 'The request has already been processed.'],
  'validity-exceeds-order': [
    400,
    'cert_validity_exceeds_order_validity',
    'The certificate validity exceeds the order validity.',
  ],
  'ca-certificate-unknown': [400, 'invalid_ca_cert_id', 'The specified CA certificate was not found.'],
  'product-ambiguous': [400, 'ambiguous_product', 'The product could not be determined.'],
  'time-frame-too-long': [400, 'time_frame_too_long', 'The time frame is too long.'],
  'world-unknown': [404, 'not_found', 'Not found.'],
  'list-unknown': [404, 'not_found', 'Not found.'],
  'internal-error': [500, 'internal_error', 'An unexpected error occurred.'],
}
