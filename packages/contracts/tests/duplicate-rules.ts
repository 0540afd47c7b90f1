// Who may have which names on a duplicate: the rules of the fact sheet, said once more and in another way than in the twin. A
// request is a set of names to take away from what the order allows; nothing may be left over.

/** What the table of products says: whether another name may become the common name, and whether names may be added. */
export interface Rules {
  readonly movesCommonName: boolean
  readonly addsSubdomains: boolean
}

const single: Rules = { movesCommonName: false, addsSubdomains: false }
const multi: Rules = { movesCommonName: true, addsSubdomains: false }
const wildcard: Rules = { movesCommonName: true, addsSubdomains: true }

export const productRules: Readonly<Record<string, Rules>> = {
  ssl_basic: multi,
  ssl_multi_domain: multi,
  ssl_wildcard: wildcard,
  ssl_ev_plus: single,
  ssl_ev_multi_domain: multi,
  ssl_ev_basic: multi,
  ssl_securesite: single,
  ssl_securesite_flex: multi,
  ssl_securesite_pro: multi,
  ssl_securesite_multi_domain: multi,
  ssl_securesite_wildcard: wildcard,
  ssl_ev_securesite: single,
  ssl_ev_securesite_flex: multi,
  private_ssl_plus: single,
  private_ssl_multi_domain: multi,
  private_ssl_wildcard: wildcard,
  ssl_dv_geotrust: single,
  ssl_dv_rapidssl: single,
}

export interface Names {
  readonly commonName: string
  /** Undefined where the caller leaves them out. */
  readonly dnsNames: readonly string[] | undefined
}

/** Whether a duplicate with these names may be made. */
export function isAllowed(rules: Rules, order: Names, wish: Names): boolean {
  const allowed = new Set([order.commonName, ...(order.dnsNames ?? [])].map(plain))
  const wanted = [wish.commonName, ...(wish.dnsNames ?? [])].map(plain)
  if (!wanted.every(isDomain) || wanted[0]!.length > 64) return false
  const mayBeFirst = rules.movesCommonName ? allowed.has(wanted[0]!) : wanted[0] === plain(order.commonName)
  const strangers = wanted.slice(1).filter((name) => !allowed.has(name))
  return mayBeFirst && strangers.every((name) => rules.addsSubdomains && isBelowWildcard(name, allowed))
}

/** The names that such a certificate is for, each once, the common name first. */
export function namesOn(order: Names, wish: Names): string[] {
  const [first, originalFirst] = [plain(wish.commonName), plain(order.commonName)]
  const original = (order.dnsNames ?? []).map(plain)
  // Left out, the names stay as they are; a common name that gave up its place stays among them.
  const kept = original.includes(originalFirst) ? original : [originalFirst, ...original]
  return [...new Set([first, ...(wish.dnsNames?.map(plain) ?? kept)])]
}

function plain(name: string): string {
  const lowerCase = name.trim().toLowerCase()
  return lowerCase.endsWith('.') ? lowerCase.slice(0, -1) : lowerCase
}

function isBelowWildcard(name: string, allowed: ReadonlySet<string>): boolean {
  const labels = name.split('.')
  // Any parent of the name may be that of a wildcard.
  return labels.some((_, index) => index > 0 && allowed.has(['*', ...labels.slice(index)].join('.')))
}

function isDomain(name: string): boolean {
  const [first, ...rest] = name.split('.')
  const labels = first === '*' ? rest : [first!, ...rest]
  const isLabel = (text: string): boolean =>
    text.length >= 1 && text.length <= 63 && /^[a-z0-9-]+$/.test(text) && !text.startsWith('-') && !text.endsWith('-')
  return rest.length > 0 && name.length <= 253 && labels.every(isLabel)
}
