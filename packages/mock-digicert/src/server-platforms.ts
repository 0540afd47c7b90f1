/** A kind of server software, with the vendor's pages on it. */
export interface ServerPlatform {
  readonly id: number
  readonly name: string
  readonly installUrl: string
  readonly csrUrl: string
}

/** What a certificate is for when nobody says. */
export const otherPlatformId = -1

const site = 'http://www.digicert.com'
const general = { installUrl: `${site}/SSL-certificate-installation.htm`, csrUrl: `${site}/csr-creation.htm` }
const pagesOf = (name: string): Omit<ServerPlatform, 'id' | 'name'> => ({
  installUrl: `${site}/ssl-certificate-installation-${name}.htm`,
  csrUrl: `${site}/csr-creation-${name}.htm`,
})

/** Those that are known by name. */
export const serverPlatforms: readonly ServerPlatform[] = [
  { id: otherPlatformId, name: 'OTHER', ...general },
  { id: 2, name: 'Apache', ...pagesOf('apache') },
  { id: 14, name: 'Microsoft IIS 5 or 6', ...general },
  { id: 31, name: 'nginx', ...pagesOf('nginx') },
  { id: 40, name: 'Microsoft IIS 7', ...general },
  { id: 45, name: 'nginx', ...pagesOf('nginx') },
  { id: 67, name: 'Microsoft IIS 8', ...general },
  { id: 68, name: 'Microsoft Exchange Server 2013', ...general },
]
const byId = new Map(serverPlatforms.map((platform) => [platform.id, platform]))

/**
 * The platform of an id, undefined for 0 and for negative ids other than -1.
 *
 * The vendor's full list is unknown, so any other positive id counts: a program that works with the vendor must not fail here.
 */
export function findServerPlatform(id: number): ServerPlatform | undefined {
  const unlisted = id > 0 ? { id, name: 'Other', ...general } : undefined
  return byId.get(id) ?? unlisted
}
