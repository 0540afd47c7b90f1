import { createPage } from '../src/page/app.ts'
import { seedOrders } from '../src/page/choices.ts'
import { type ListeningPage, listenPage } from '../src/page/listen.ts'
import { startTwins } from '../src/twins.ts'

/** The page on a free port, with twins in this process that are new. */
export async function servePage(): Promise<ListeningPage> {
  const page = createPage({
    services: startTwins(false),
    hostNames: [],
    orders: seedOrders,
    pollMs: 50,
    issuanceDeadlineMs: 500,
  })
  return listenPage(page, 0)
}
