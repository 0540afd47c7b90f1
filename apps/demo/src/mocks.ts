// `pnpm mocks`: the two twins alone, on their ports, until they are told to stop.
import { Command } from 'commander'
import { print, runServer, toPort } from './command/server.ts'
import { createTwins, describeTwins, listenTwins } from './twins.ts'

const command = new Command('mocks')
  .description('Serve the DigiCert twin and the CDN Pro twin.')
  .option('--digicert-port <port>', 'the port of the DigiCert twin, 0 for a free one', toPort, 4010)
  .option('--cdnpro-port <port>', 'the port of the CDN Pro twin, 0 for a free one', toPort, 4020)
  .option('--realistic', "let deployments take as long as the vendor's", false)

interface MocksOptions {
  readonly digicertPort: number
  readonly cdnproPort: number
  readonly realistic: boolean
}

await runServer(command, async () => {
  const { digicertPort, cdnproPort, realistic } = command.opts<MocksOptions>()
  const twins = createTwins(realistic ? 'realistic' : 'default', print)
  const listening = await listenTwins(twins, { digicertPort, cdnproPort })
  print(describeTwins(twins, listening))
  return [listening.digicert, listening.cdnpro]
})
