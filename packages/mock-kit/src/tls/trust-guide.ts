import { truststorePassword } from './java-truststore.ts'
import type { TrustFiles } from './trust-files.ts'

export interface TrustGuide {
  /** The base URL of the twin, as `listen` gives it. */
  readonly url: string
  /** The host names that the twin stands in for. */
  readonly hosts: readonly string[]
  readonly files: TrustFiles
}

/** Tells for Node, curl, Python, Go and Java what makes them trust the twin, and what leads the real host names to it. */
export function describeTrust({ url, hosts, files }: TrustGuide): string {
  const { address, port } = reachable(url)
  const ca = quote(files.ca)
  const connectTo = hosts.map((host) => `--connect-to ${host}:443:${address}:${port}`)
  return `Certificates come from the authority in ${files.ca}. Trust it in tests alone, not in the whole
system: its key is in no file, but who knows the twin's seed can make it.

  Node    NODE_EXTRA_CA_CERTS=${ca}
  curl    --cacert ${ca}
  Python  REQUESTS_CA_BUNDLE=${ca} (requests), SSL_CERT_FILE=${ca} (others)
  Go      SSL_CERT_FILE=${ca} (on Linux; elsewhere add it to tls.Config.RootCAs)
  Java    -Djavax.net.ssl.trustStore=${quote(files.truststore)} -Djavax.net.ssl.trustStorePassword=${truststorePassword}

One of these leads ${hosts.join(', ')} here:

  proxy   HTTPS_PROXY=http://${address}:${port} (curl, Python, Go; Node 24 with --use-env-proxy)
          -Dhttps.proxyHost=${address.replaceAll(/[[\]]/g, '')} -Dhttps.proxyPort=${port} (Java)
  curl    ${connectTo.join(' ')}
  hosts   "${address.replaceAll(/[[\]]/g, '')} ${hosts.join(' ')}" in the hosts file, and the twin with --port 443
`
}

/** A twin that listens everywhere is reached at loopback. */
function reachable(url: string): { readonly address: string; readonly port: string } {
  const { hostname, port, protocol } = new URL(url)
  const address = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' }[hostname] ?? hostname
  return { address, port: port || (protocol === 'https:' ? '443' : '80') }
}

/** For a POSIX shell. */
export function quote(path: string): string {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
