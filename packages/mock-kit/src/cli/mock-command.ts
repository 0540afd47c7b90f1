import type { TwinDefinition } from '../definition.ts'
import type { Twin, TwinOptions } from '../twin.ts'

/** A flag that only one twin has, for an option of its own; the configuration file has a member of the same name. */
export interface SettingFlag {
  /** The name of the option in camelCase; the flag is the same in kebab-case. */
  readonly name: string
  /** What stands for the value in the help, for instance `fast|slow`. */
  readonly value: string
  readonly summary: string
  /** The value that a text means. @throws RangeError with a sentence that says what to write */
  readonly parse: (text: string) => unknown
}

/** A twin as a command needs it. */
export interface CommandTwin extends Twin<object> {
  /** The credentials of the seed data, to be printed. */
  readonly accounts: readonly object[]
}

/** What of a twin is loaded when it is to serve, and not before. */
export interface LoadedTwin<Options extends TwinOptions> {
  readonly definition: Pick<TwinDefinition<unknown, object>, 'hosts' | 'validateSettings'>
  readonly createMock: (options: Options) => CommandTwin
}

/** All that makes a command the command of its twin. */
export interface MockCommand<Options extends TwinOptions> {
  /** What the command is called. */
  readonly name: string
  readonly version: string
  /** One sentence for the help. */
  readonly summary: string
  readonly defaultPort: number
  /** What the vendor's callers have behind the host in their base URL, for instance `/v2`, or nothing. */
  readonly basePath: string
  readonly flags: readonly SettingFlag[]
  /**
   * One line for bash that calls the twin when it is pasted.
   *
   * @param baseUrl - with the base path, without a slash at its end
   * @param curl - the program with the options that it needs to reach the twin
   */
  readonly example: (baseUrl: string, curl: string) => string
  readonly load: () => Promise<LoadedTwin<Options>>
}

/** Reads a text that can be one of a few. @throws RangeError */
export function parseChoice(...choices: readonly string[]): (text: string) => string {
  return (text) => {
    if (choices.includes(text)) return text
    throw new RangeError(`Choose from ${choices.join(', ')}.`)
  }
}

/** The flag of every twin that limits the rate of requests. */
export const rateLimitsFlag: SettingFlag = {
  name: 'rateLimits',
  value: 'on|off',
  summary: 'whether too many requests are refused; in the configuration file also windows of your own',
  parse: (text) => parseChoice('on', 'off')(text) === 'on',
}
