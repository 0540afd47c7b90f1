export { createTlsIdentity, type TlsIdentity, type TlsIdentityOptions } from './identity.ts'
export { type TrustFiles, writeTrustFiles } from './trust-files.ts'
export { describeTrust, type TrustGuide } from './trust-guide.ts'
