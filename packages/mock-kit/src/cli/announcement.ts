import { controlPath } from '../control/path.ts'
import { reachable } from '../listen/address.ts'
import type { TwinListening } from '../listen/listen-twin.ts'
import type { TwinOptions } from '../twin.ts'
import type { CommandTwin, MockCommand } from './mock-command.ts'
import type { Tls } from './tls.ts'

/** Where a twin is, who may call it, and a command that can be pasted; `--json` prints it as it is. */
export interface Announcement {
  /** What a caller takes as its base URL. */
  readonly service: string
  /** Absent where there is no control plane. */
  readonly control?: string
  readonly page?: string
  /** What the control plane wants; absent where it wants nothing. */
  readonly token?: string
  /** What is to be trusted, as PEM and as a Java truststore; absent where there is no TLS. */
  readonly ca?: string
  readonly truststore?: string
  readonly accounts: readonly object[]
  /** A line for bash. */
  readonly curl: string
}

/** A twin that listens. */
export interface Serving {
  readonly twin: CommandTwin
  readonly listening: TwinListening
  readonly hasControl: boolean
  readonly tls: Tls | undefined
}

export function announcementOf<Options extends TwinOptions>(
  { basePath, example }: MockCommand<Options>,
  { twin, listening, hasControl, tls }: Serving,
): Announcement {
  const url = reachable(listening.url)
  const service = `${url}${basePath}`
  return {
    service,
    ...(hasControl && { control: `${url}${controlPath}`, page: `${url}${controlPath}/` }),
    ...(listening.token !== undefined && { token: listening.token }),
    ...tls?.files,
    accounts: twin.accounts,
    curl: example(service, ['curl', ...(tls?.curlOptions ?? [])].join(' ')),
  }
}

/** For a person. */
export function formatAnnouncement(name: string, { accounts, curl, ...places }: Announcement): string {
  return [
    `${name} listens.`,
    '',
    ...formatTable(Object.entries(places)),
    '',
    'Accounts:',
    ...formatAccounts(accounts),
    '',
    'Try it:',
    `  ${curl}`,
    '',
  ].join('\n')
}

/** The first one has all that an account can have; others may lack some of it. */
function formatAccounts(accounts: Announcement['accounts']): string[] {
  const columns = accounts.map((account) => new Map(columnsOf(account)))
  const names = [...(columns[0]?.keys() ?? [])]
  return formatTable([names, ...columns.map((texts) => names.map((name) => texts.get(name) ?? ''))])
}

/** What belongs together in an account stands in a column each, too. */
function columnsOf(account: object): (readonly [name: string, text: string])[] {
  return Object.entries(account).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? columnsOf(value as object) : [[name, String(value)] as const],
  )
}

function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
}
