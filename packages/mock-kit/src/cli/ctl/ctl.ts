import type { Command } from 'commander'
import { createCommand, createOption } from '../command-line.ts'
import type { MockCommand } from '../mock-command.ts'
import { parseText, parseToken, parseUrl } from '../values.ts'
import { type Call, readAnswer, send, type Target } from './client.ts'
import { readChange } from './inputs.ts'
import { print } from './output.ts'
import { followRequests, listRequests, type Wanted } from './requests.ts'
import { type Verb, verbs } from './verbs.ts'

/**
 * Talks to a twin that runs, and prints what it says.
 *
 * @throws CommanderError, CommandFailure
 */
export async function runCtl(
  mock: Pick<MockCommand<never>, 'name' | 'defaultPort'>,
  args: readonly string[],
): Promise<void> {
  const ctl = createCommand(`${mock.name} ctl`)
    .description('Talk to a twin that runs.')
    .helpOption('--help', 'print this')
    .addOption(
      createOption('--url <url>', 'where the twin is', parseUrl)
        .env('MOCK_URL')
        .default(`http://127.0.0.1:${mock.defaultPort}`),
    )
    .addOption(createOption('--token <text>', 'what its control plane wants', parseToken).env('MOCK_TOKEN'))
    .addOption(createOption('--world <name>', 'the world that is meant; the default one unless given', parseText))
    .addHelpText('after', helpText)
  addRequests(ctl)
  for (const verb of verbs) addVerb(ctl, verb)
  addSettingsSet(ctl)
  await ctl.parseAsync(args, { from: 'user' })
}

const helpText = `
Below them: state put, clock set, clock freeze, clock run, faults add, faults clear, requests clear, settings set.

<input> is JSON, the name of a file in JSON or YAML, or - for the standard input. Answers are JSON, indented on a terminal.

Exit status: 0 done, 1 nobody answers or the twin refuses, 2 the command line is wrong.`

/** `state put <input>` is below `state`, which has been added before it. */
function addVerb(ctl: Command, { usage, summary, toCall }: Verb): void {
  const [first = '', ...others] = usage.split(' ')
  const parent = ctl.commands.find((command) => command.name() === first)
  const command = parent === undefined ? ctl.command(usage) : parent.command(others.join(' '))
  command.description(summary).action(async () => {
    const target = command.optsWithGlobals<Target>()
    print(await readAnswer(target, await send(target, await toCall(command.args))))
  })
}

function addRequests(ctl: Command): void {
  const command = ctl.command('requests').description('list the requests, oldest first')
  for (const [flag, summary] of Object.entries(requestFlags)) command.addOption(createOption(flag, summary, parseText))
  command.option('--follow', 'list them as they come').action(async () => {
    const { follow, ...wanted } = command.opts<Wanted & { readonly follow?: true }>()
    await (follow ? followRequests : listRequests)(command.optsWithGlobals<Target>(), wanted)
  })
}

const requestFlags: Readonly<Record<string, string>> = {
  '--operation <id>': 'only calls of this operation',
  '--status <status>': 'only answers with this status, as in 429 or 4xx; 0 is no answer',
  '--account <name>': 'only calls of this account',
  '--since <time>': 'only what came at or after this time, on the clock of the world',
  '--until <time>': 'only what came before this time',
  '--limit <count>': 'at most so many, the newest; with --follow end after so many',
  '--as <json|har|curl>': 'as entries of the journal, as HAR 1.2, or as curl commands',
}

function addSettingsSet(ctl: Command): void {
  const settings = ctl.commands.find((command) => command.name() === 'settings')!
  const command = settings.command('set <change...>').description('change them: name=value …, or one JSON object')
  command.action(async () => {
    const target = command.optsWithGlobals<Target>()
    const call = async (method: Call['method'], body?: unknown): Promise<unknown> =>
      readAnswer(target, await send(target, { method, path: '/settings', body }))
    print(await call('PUT', await readChange(command.args, () => call('GET'))))
  })
}
