import type { ServerPlatform } from '../api.generated.ts'
import { findServerPlatform } from '../server-platforms.ts'

/** @param id - of a platform that is stored, and so known */
export function toServerPlatformView(id: number): ServerPlatform {
  const { name, installUrl, csrUrl } = findServerPlatform(id)!
  return { id, name, install_url: installUrl, csr_url: csrUrl }
}
