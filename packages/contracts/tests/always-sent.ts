/**
 * The members that are sent whenever their object is, by what is known of the vendors. The documents leave most of them
 * optional, as the vendors do, so a twin that loses one would still fit them.
 */
export const alwaysSent: Readonly<Record<string, readonly string[]>> = {
  // CDN Pro, the version query: the vendor's table and example.
  CertificateVersion: [
    'version',
    'expirationTime',
    'creationTime',
    'subject',
    'signatureAlgo',
    'serialNumber',
    'inProduction',
    'inStaging',
    'fingerprint',
    'algorithm',
    'keyLength',
    'subjectAlternativeNames',
    'issuer',
  ],
  ChainCertificate: ['subject', 'expirationTime', 'signatureAlgo', 'issuer'],
  Certificate: ['certificateId', 'name', 'description', 'versions', 'autoRenew', 'forceRenew'],
  CertificateVersionSummary: ['version', 'type', 'expirationTime', 'creationTime', 'fingerprint'],
  CertificateUsage: ['propertyId', 'hostnames'],
  DeploymentTask: ['submissionTime', 'actions', 'target', 'status', 'apiRequestId'],
  ServiceError: ['code', 'message'],
  GatewayError: ['status', 'result'],
  // DigiCert: the duplicate operation and its neighbours.
  DuplicateResponse: ['id'],
  RequestReference: ['id'],
  CertificateChainEntry: ['subject_common_name', 'pem'],
  CertificateChain: ['intermediates'],
  IntermediateList: ['intermediates'],
  Intermediate: [
    'id',
    'subject_common_name',
    'subject_org_name',
    'valid_from',
    'valid_to',
    'serial_number',
    'thumbprint',
    'signature_hash',
    'is_private',
  ],
  DuplicateEntry: [
    'id',
    'common_name',
    'status',
    'date_created',
    'csr',
    'server_platform',
    'signature_hash',
    'key_size',
    'ca_cert_id',
    'sub_id',
    'public_id',
    'archived',
    'user_id',
    'firstname',
    'lastname',
  ],
  ServerPlatform: ['id', 'name', 'install_url', 'csr_url'],
  Errors: ['errors'],
  ApiError: ['code', 'message'],
}

/** Members that are sent as soon as another member has a certain value. */
export const alwaysSentWhen: Readonly<Record<string, { member: string; value: string; required: readonly string[] }>> =
  {
    DuplicateEntry: {
      member: 'status',
      value: 'approved',
      required: ['thumbprint', 'serial_number', 'valid_from', 'valid_till', 'days_remaining'],
    },
    DeploymentTask: { member: 'status', value: 'succeeded', required: ['finishTime', 'statusDetails'] },
  }
