import { dirname, resolve } from 'node:path'
import type { TwinClock } from '../clock.ts'
import type { components } from '../control/control.generated.ts'
import { validateConfig } from '../control/validators.generated.js'
import { isRecord } from '../body.ts'
import { explainProblems, type Validator } from '../validation.ts'
import { readDocument } from './documents.ts'
import { misuse } from './failure.ts'
import type { SettingFlag } from './mock-command.ts'
import { parseClock, parseToken, parseUrl } from './values.ts'

type Config = components['schemas']['Config']

/** What every twin's command can be told, by flags or by a file; what is left out was not told. */
export interface CommandOptions extends Omit<Config, 'clock' | 'randomSeed'> {
  readonly clock?: TwinClock
  readonly randomSeed?: string
}

/** Options from one source, which flags or a configuration file can be. */
export interface Told {
  readonly options: CommandOptions
  /** The options that only this twin has. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** What is left of the flags of a twin when its configuration file is read. */
export interface ConfigForm {
  readonly flags: readonly SettingFlag[]
  readonly validateSettings: Validator
}

/** @throws CommandFailure when it cannot be read, or says something that cannot be */
export async function readConfig(file: string, { flags, validateSettings }: ConfigForm): Promise<Told> {
  const content = await readDocument(file)
  if (!isRecord(content)) throw misuse(`${file} is no configuration: write members such as port: 4010.`)
  const isSetting = ([name]: [string, unknown]): boolean => flags.some((flag) => flag.name === name)
  const common = Object.fromEntries(Object.entries(content).filter((entry) => !isSetting(entry)))
  const settings = Object.fromEntries(
    flags.flatMap((flag) =>
      Object.hasOwn(content, flag.name) ? [[flag.name, readSetting(file, flag, content[flag.name])]] : [],
    ),
  )
  const problem = explainProblems(validateConfig, common) ?? explainProblems(validateSettings, settings)
  if (problem !== undefined) throw misuse(`${file} cannot be used: ${problem}.`)
  return { options: toOptions(file, common), settings }
}

/** A text or a number is what the flag would take; YAML makes a number of a year, and a text of `on`. */
function readSetting(file: string, { name, parse }: SettingFlag, value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  return readMember(file, name, String(value), parse)
}

function toOptions(file: string, { clock, randomSeed, publicUrl, token, ...config }: Config): CommandOptions {
  return {
    ...config,
    ...(clock !== undefined && { clock: readMember(file, 'clock', clock, parseClock) }),
    ...(randomSeed !== undefined && { randomSeed: String(randomSeed) }),
    ...(publicUrl !== undefined && { publicUrl: readMember(file, 'publicUrl', publicUrl, parseUrl) }),
    ...(token !== undefined && { token: readMember(file, 'token', token, parseToken) }),
    ...besideFile(file, config),
  }
}

/** The names of files are relative to the file that has them. */
function besideFile(file: string, config: Config): Partial<CommandOptions> {
  const names = (['tls', 'seedFile', 'data', 'faults'] as const).flatMap((name) => {
    const value = config[name]
    return typeof value === 'string' ? [[name, resolve(dirname(file), value)]] : []
  })
  return Object.fromEntries(names) as Partial<CommandOptions>
}

function readMember<Value>(file: string, name: string, text: string, parse: (text: string) => Value): Value {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof RangeError) throw misuse(`${file} cannot be used: ${name}: ${error.message}`)
    throw error
  }
}
