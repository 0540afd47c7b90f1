import type { TwinListening, TwinListenOptions } from '../listen/listen-twin.ts'
import type { TwinOptions } from '../twin.ts'
import { announcementOf, formatAnnouncement, type Serving } from './announcement.ts'
import { createAskedTwin } from './create.ts'
import type { Flags } from './flags.ts'
import { createLog, type Log } from './log.ts'
import type { CommandTwin, LoadedTwin, MockCommand } from './mock-command.ts'
import { type CommandOptions, readConfig, type Told } from './options.ts'
import { onFirstSignal } from './stop.ts'
import type { Tls } from './tls.ts'

/**
 * Serves a twin until the process is told to stop.
 *
 * @throws CommandFailure, ListenError, StoreError
 */
export async function serve<Options extends TwinOptions>(mock: MockCommand<Options>, flags: Flags): Promise<void> {
  const loaded = await mock.load()
  const told = await withConfig(mock, loaded, flags)
  const { options } = told
  const log = createLog(mock.name, options.quiet ?? false)
  const twin = await createAskedTwin(loaded, told, log)
  const tls = await tlsOf(mock, loaded, options)
  const listening = await twin.listen({ ...placeOf(mock, options), ...tls?.listenOptions, ownsProcess: true })
  onFirstSignal((signal) => stop(signal, twin, listening, log))
  const serving = { twin, listening, hasControl: options.control ?? true, tls }
  if (options.quiet !== true) announce(mock, serving, options.json ?? false)
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
  { tls = false, host, randomSeed }: CommandOptions,
): Promise<Tls | undefined> {
  if (tls === false) return undefined
  const { prepareTls } = await import('./tls.ts') // who serves plain HTTP does not wait for it
  return prepareTls({ folder: tls === true ? `${name}-tls` : tls, hosts, address: host, seed: randomSeed })
}

function placeOf({ defaultPort }: { readonly defaultPort: number }, options: CommandOptions): TwinListenOptions {
  const { port = defaultPort, host, token } = options
  return { port, ...(host !== undefined && { host }), ...(token !== undefined && { token }) }
}

/** For a person, or as one line of JSON for a program. */
function announce<Options extends TwinOptions>(mock: MockCommand<Options>, serving: Serving, asJson: boolean): void {
  const { listening, tls } = serving
  const announcement = announcementOf(mock, serving)
  const guide = tls === undefined ? '' : `\n${tls.guide(listening.url)}`
  const text = asJson ? JSON.stringify(announcement) : `${formatAnnouncement(mock.name, announcement)}${guide}`
  process.stdout.write(`${text.trimEnd()}\n`)
}

async function stop(signal: string, twin: CommandTwin, listening: TwinListening, log: Log): Promise<void> {
  await log.info('draining', { signal })
  await listening.drain()
  twin.close()
  await log.info('stopped')
  process.exit(0) // a fault may still be waiting for somebody who is gone
}
