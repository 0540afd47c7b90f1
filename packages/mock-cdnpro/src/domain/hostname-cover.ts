/** Those of the host names that none of the names in a certificate covers. */
export function uncoveredHostnames(hostnames: readonly string[], dnsNames: readonly string[]): string[] {
  return hostnames.filter((hostname) => !isCovered(hostname, dnsNames))
}

/** A wildcard stands for one label: `*.example.com` covers `a.example.com`, but not `b.a.example.com`. */
export function isCovered(hostname: string, dnsNames: readonly string[]): boolean {
  const name = hostname.toLowerCase()
  const wildcard = name.replace(/^[^.]+/, '*')
  return dnsNames.some((dnsName) => [name, wildcard].includes(dnsName.toLowerCase()))
}
