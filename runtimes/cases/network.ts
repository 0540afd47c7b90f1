import { equal, errorOf } from './proof.ts'
import type { World } from './world.ts'

const refused = async ({ digicert, place: { closedUrl }, platform }: World): Promise<void> => {
  const client = digicert({ baseUrl: closedUrl, retry: { attempts: 2, baseMs: 0 } })
  const { code, attempts, outcome } = await errorOf(client.orders.revoke(1))
  const expected = platform.mixesUpFailures ? ['network', 1, 'unknown'] : ['network', 2, 'not_sent']
  equal([code, attempts, outcome], expected)
}

/** What happens on the way. */
export const network: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'a refused connection is known to have sent nothing': refused,
}
