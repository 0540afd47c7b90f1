import { controlPath } from '../control/app.ts'

/** Where a twin is, who may call it, and a command that can be pasted. */
export interface Announcement {
  /** What a caller takes as its base URL. */
  readonly service: string
  /** Absent where there is no control plane. */
  readonly control?: string
  readonly page?: string
  /** What the control plane wants; absent where it wants nothing. */
  readonly token?: string
  /** The files to trust where TLS is served. */
  readonly trust?: Readonly<Record<string, string>>
  readonly accounts: readonly object[]
  /** A line for bash. */
  readonly curl: string
}

/** The places of a control plane on a twin's URL. */
export function controlPlaces(url: string): Pick<Announcement, 'control' | 'page'> {
  return { control: `${url}${controlPath}`, page: `${url}${controlPath}/` }
}

/** For a person. */
export function formatAnnouncement(name: string, { accounts, curl, trust, ...places }: Announcement): string {
  return [
    `${name} listens.`,
    '',
    ...formatTable(Object.entries({ ...places, ...trust })),
    '',
    'Accounts:',
    ...formatTable([Object.keys(accounts[0] ?? {}), ...accounts.map((account) => Object.values(account).map(String))]),
    '',
    'Try it:',
    `  ${curl}`,
    '',
  ].join('\n')
}

/** For a program: one line. */
export function formatAnnouncementJson(announcement: Announcement): string {
  return `${JSON.stringify(announcement)}\n`
}

function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
}
