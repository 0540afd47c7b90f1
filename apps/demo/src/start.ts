// `pnpm start`: the page and both twins, on their ports, until they are told to stop.
import { Command } from 'commander'
import { print, runServer, toPort } from './command/server.ts'
import { createPage } from './page/app.ts'
import { seedOrders } from './page/choices.ts'
import { listenPage } from './page/listen.ts'
import { createTwins, describeTwins, listenTwins, servicesOf } from './twins.ts'

const command = new Command('start')
  .description('Serve the page, the DigiCert twin and the CDN Pro twin.')
  .option('--port <port>', 'the port of the page, 0 for a free one', toPort, 4000)
  .option('--digicert-port <port>', 'the port of the DigiCert twin, 0 for a free one', toPort, 4010)
  .option('--cdnpro-port <port>', 'the port of the CDN Pro twin, 0 for a free one', toPort, 4020)
  .option('--host-name <name>', 'a further host name that the page answers to; repeat it', collect, [])
  .option('--realistic', "let deployments take as long as the vendor's", false)

interface StartOptions {
  readonly port: number
  readonly digicertPort: number
  readonly cdnproPort: number
  readonly hostName: readonly string[]
  readonly realistic: boolean
}

function collect(name: string, names: readonly string[]): readonly string[] {
  return [...names, name.toLowerCase()]
}

await runServer(command, async () => {
  const options = command.opts<StartOptions>()
  const twins = createTwins(options.realistic ? 'realistic' : { reads: 2 }, print)
  const listening = await listenTwins(twins, options)
  const page = createPage({
    services: servicesOf(twins, listening),
    hostNames: options.hostName,
    orders: seedOrders,
    pollMs: options.realistic ? 10_000 : 300,
    issuanceDeadlineMs: 5_000,
  })
  const twinServers = [listening.digicert, listening.cdnpro]
  const server = await listenPage(page, options.port).catch(async (error: unknown) => {
    await Promise.all(twinServers.map((twin) => twin.close()))
    throw error
  })
  print(`Page           ${server.url}\n${describeTwins(twins, listening)}`)
  return [server, ...twinServers]
})
