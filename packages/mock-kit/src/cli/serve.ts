import type { TwinListening } from '../listen/listen-twin.ts'
import type { TwinOptions } from '../twin.ts'
import { type Announcement, controlPlaces, formatAnnouncement, formatAnnouncementJson } from './announcement.ts'
import { createAskedTwin } from './create.ts'
import type { Flags } from './flags.ts'
import { createLog, type Log } from './log.ts'
import type { CommandTwin, LoadedTwin, MockCommand } from './mock-command.ts'
import { readConfig, type Told } from './options.ts'
import { onFirstSignal } from './stop.ts'
import { prepareTls, type Tls } from './tls.ts'

/**
 * Serves a twin until the process is told to stop.
 *
 * @throws CommandFailure, ListenError, StoreError
 */
export async function serve<Options extends TwinOptions>(mock: MockCommand<Options>, flags: Flags): Promise<void> {
  const loaded = await mock.load()
  const told = await withConfig(mock, loaded, flags)
  const { port = mock.defaultPort, host, token, quiet = false, json = false } = told.options
  const log = createLog(mock.name, quiet)
  const twin = await createAskedTwin(loaded, told, log)
  const tls = await tlsOf(mock, loaded, told)
  const place = { port, ...(host !== undefined && { host }), ...(token !== undefined && { token }) }
  const listening = await twin.listen({ ...place, ...tls?.listenOptions, replaceGlobals: true })
  onFirstSignal((signal) => stop(signal, twin, listening, log))
  if (!quiet) print(mock.name, describe(mock, twin, listening, told, tls), json)
  if (!quiet && !json && tls !== undefined) process.stdout.write(`\n${tls.guide(listening.url)}`)
  // The first callers do not wait until the log is loaded.
  setTimeout(() => void log.info('listening', { url: listening.url }), 100)
}

/** Flags win over the file. */
async function withConfig<Options extends TwinOptions>(
  { flags }: MockCommand<Options>,
  { definition: { validateSettings } }: LoadedTwin<Options>,
  given: Flags,
): Promise<Told> {
  if (given.config === undefined) return given
  const { options, settings } = await readConfig(given.config, { flags, validateSettings })
  return { options: { ...options, ...given.options }, settings: { ...settings, ...given.settings } }
}

async function tlsOf<Options extends TwinOptions>(
  { name }: MockCommand<Options>,
  { definition: { hosts } }: LoadedTwin<Options>,
  { options: { tls = false, host, randomSeed } }: Told,
): Promise<Tls | undefined> {
  if (tls === false) return undefined
  return prepareTls({ folder: tls === true ? `${name}-tls` : tls, hosts, address: host, seed: randomSeed })
}

function describe<Options extends TwinOptions>(
  { basePath, example }: MockCommand<Options>,
  { accounts }: CommandTwin,
  { url: listened, token }: TwinListening,
  { options: { control = true } }: Told,
  tls: Tls | undefined,
): Announcement {
  const url = reachable(listened)
  const service = `${url}${basePath}`
  return {
    service,
    ...(control && controlPlaces(url)),
    ...(token !== undefined && { token }),
    ...(tls !== undefined && { trust: tls.files }),
    accounts,
    curl: example(service, ['curl', ...(tls?.curlOptions ?? [])].join(' ')),
  }
}

function print(name: string, announcement: Announcement, json: boolean): void {
  process.stdout.write(json ? formatAnnouncementJson(announcement) : formatAnnouncement(name, announcement))
}

/** A twin that listens everywhere is reached at loopback. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

async function stop(signal: string, twin: CommandTwin, listening: TwinListening, log: Log): Promise<void> {
  await log.info('draining', { signal })
  await listening.drain()
  twin.close()
  await log.info('stopped')
  process.exit(0) // a fault may still be waiting for somebody who is gone
}
