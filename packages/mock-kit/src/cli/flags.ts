import type { Command, Option } from 'commander'
import type { TwinOptions } from '../twin.ts'
import { createCommand, createOption } from './command-line.ts'
import { type MockCommand, parseChoice, type SettingFlag } from './mock-command.ts'
import type { CommandOptions, Told } from './options.ts'
import { parseClock, parsePort, parseText, parseToken, parseUrl } from './values.ts'

/** What the flags of a command line say, and nothing that they do not say. */
export interface Flags extends Told {
  /** The configuration file. */
  readonly config: string | undefined
}

/** @throws CommanderError when they cannot be read, or ask for help or version, which has been said then */
export function parseFlags<Options extends TwinOptions>(mock: MockCommand<Options>, args: readonly string[]): Flags {
  const command = createServeCommand(mock).parse(args, { from: 'user' })
  const given = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli')
  const isSetting = ([name]: [string, unknown]): boolean => mock.flags.some((flag) => flag.name === name)
  const common = given.filter((entry) => !isSetting(entry))
  const { config, ...options } = Object.fromEntries(common) as CommandOptions & { readonly config?: string }
  return { config, options, settings: Object.fromEntries(given.filter(isSetting)) }
}

function createServeCommand<Options extends TwinOptions>(mock: MockCommand<Options>): Command {
  const command = createCommand(mock.name)
    .description(mock.summary)
    .version(mock.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .option('--no-control', 'have no control plane')
  for (const option of [...commonOptions(mock), ...mock.flags.map(toOption)]) command.addOption(option)
  return command
    .addOption(createOption('--config <file>', 'read a file that says what these flags say; flags win', parseText))
    .option('--log-requests', 'log every request')
    .option('--json', 'tell where it is as one line of JSON')
    .option('--quiet', 'tell nothing but errors')
    .addHelpText('after', helpText(mock.name))
}

type NamedCommand = Pick<MockCommand<TwinOptions>, 'name' | 'defaultPort'>

function commonOptions({ name, defaultPort }: NamedCommand): Option[] {
  const kind = parseChoice('seeded', 'open')
  return [
    createOption('--port <port>', `listen there; ${defaultPort} unless given, 0 for a free one`, parsePort),
    createOption('--host <address>', 'listen on this address; on loopback unless given', parseText),
    createOption('--tls [folder]', `serve TLS; what is to be trusted is put into ${name}-tls unless given`, parseText),
    createOption('--clock <time>', 'start there: 2023-04-04T12:53:25Z; with ,frozen stand still', parseClock),
    createOption('--random-seed <text>', 'give the same bytes for the same seed, clock and calls', parseText),
    createOption('--seed-file <file>', 'begin with this data too', parseText),
    createOption('--data <file>', 'keep state, clock and randomness in this file across restarts', parseText),
    createOption('--accounts <seeded|open>', 'open: a seed credential with a suffix opens a world of its own', kind),
    createOption('--faults <file>', 'begin with these rules of faults', parseText),
    createOption(
      '--public-url <url>',
      'be reached there, by what is handed out; where it listens unless given',
      parseUrl,
    ),
    createOption('--token <text>', 'let the control plane want this of its callers', parseToken),
  ]
}

function toOption({ name, value, summary, parse }: SettingFlag): Option {
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return createOption(`--${flag} <${value}>`, summary, parse)
}

function helpText(name: string): string {
  return `
Files are JSON or YAML. The configuration file has the names of the flags in camelCase, such as randomSeed, and control: false
for --no-control; names of files in it are relative to it.

${name} ctl talks to a twin that runs: see ${name} ctl --help.

Exit status: 0 told to stop, 1 a port or a file cannot be had, 2 a flag or the contents of a file are wrong.`
}
