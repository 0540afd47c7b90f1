import type { KeyRestriction, Role } from '../entities.ts'
import type { Caller } from './callers.ts'

/** What a path is about, by its first segment; `open` is for every valid key. */
type Area = 'orders' | 'domains' | 'users' | 'account' | 'open'

const areas: Readonly<Record<string, Area>> = {
  order: 'orders',
  request: 'orders',
  certificate: 'orders',
  domain: 'domains',
  organization: 'domains',
  user: 'users',
  account: 'account',
  container: 'account',
  product: 'open',
}

/** Documented for orders, domains, users and reading; that the account needs a key for everything or for reading is assumed. */
const areasOfKeys: Readonly<Record<KeyRestriction, readonly Area[]>> = {
  0: ['orders', 'domains', 'users', 'account'],
  100: ['orders'],
  101: ['orders', 'domains'],
  102: ['orders', 'domains', 'users', 'account'],
  103: ['users'],
}

/** Other people's data are for those who manage users (documented for managers), and the account for those who pay it (assumed). */
const areasOfRoles: Readonly<Record<Role, readonly Area[]>> = {
  administrator: ['orders', 'domains', 'users', 'account'],
  manager: ['orders', 'domains', 'users', 'account'],
  finance: ['orders', 'domains', 'account'],
  standard: ['orders', 'domains', 'account'],
  limited: ['orders', 'domains', 'account'],
}

/**
 * Whether the restriction of the key and the role of its user allow a call.
 *
 * @param path - below the prefix, for instance `/order/certificate/112233`
 */
export function mayCall({ key, user }: Caller, method: string, path: string): boolean {
  const isRead = method === 'GET' || method === 'HEAD'
  if (key.restriction === 102 && !isRead) return false
  const area = areaOf(path)
  return area === 'open' || (areasOfKeys[key.restriction].includes(area) && areasOfRoles[user.role].includes(area))
}

/** Who one is may be asked with every key, since the vendor's help on missing permissions says so (documented). */
function areaOf(path: string): Area {
  if (path === '/user/me') return 'open'
  const [, segment = ''] = path.split('/')
  return areas[segment] ?? 'orders'
}
