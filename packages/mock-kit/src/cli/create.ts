import { existsSync } from 'node:fs'
import { isRecord } from '../body.ts'
import { ControlError } from '../definition.ts'
import { FaultError, type FaultRule } from '../faults/fault.ts'
import type { TwinOptions } from '../twin.ts'
import { readDocument } from './documents.ts'
import { misuse } from './failure.ts'
import type { Log } from './log.ts'
import type { CommandTwin, LoadedTwin } from './mock-command.ts'
import type { CommandOptions, Told } from './options.ts'

/**
 * Makes the twin that a command line and its files ask for.
 *
 * @throws CommandFailure when a file cannot be read or used
 * @throws StoreError when the data file cannot be used
 */
export async function createAskedTwin<Options extends TwinOptions>(
  { createMock }: LoadedTwin<Options>,
  { options, settings }: Told,
  log: Log,
): Promise<CommandTwin> {
  const rules = options.faults === undefined ? undefined : await readRules(options.faults)
  const seed = await readSeed(options, log)
  const asked = {
    ...settings,
    ...toTwinOptions(options, log),
    ...(rules !== undefined && { faults: rules }),
    ...(seed !== undefined && { beginWith: [seed] }),
  }
  // Flags and file were read by the twin's own rules, so the settings are what its options want.
  const create = (): CommandTwin => createMock(asked as unknown as Options)
  return inFile(options.faults, FaultError, () => inFile(options.seedFile, ControlError, create))
}

/** A data file brings back what was planted in it, and what became of that. */
async function readSeed({ data, seedFile }: CommandOptions, log: Log): Promise<unknown> {
  if (seedFile === undefined) return undefined
  if (data !== undefined && existsSync(data))
    void log.info(`${data} is there already: ${seedFile} is planted only in worlds that are not in it yet`)
  return readDocument(seedFile)
}

function toTwinOptions(
  { clock, randomSeed, accounts, data, publicUrl, control, logRequests }: CommandOptions,
  log: Log,
): TwinOptions {
  return {
    ...(clock !== undefined && { clock }),
    ...(randomSeed !== undefined && { seed: randomSeed }),
    ...(accounts !== undefined && { accounts }),
    ...(data !== undefined && { data }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(control !== undefined && { control }),
    ...(logRequests === true && { onExchange: (entry) => void log.exchange(entry) }),
    onError: (error) => void log.error('the twin made a mistake', error),
  }
}

async function readRules(file: string): Promise<FaultRule[]> {
  const rules = [await readDocument(file)].flat()
  if (!rules.every(isRecord))
    throw misuse(`${file} cannot be used: write a list of rules such as [{"kind":"delay","delay":"2s"}].`)
  return rules as unknown as FaultRule[] // which the twin checks
}

/** Says in which file it is what the twin refuses. */
function inFile<Result>(
  file: string | undefined,
  refusal: typeof FaultError | typeof ControlError,
  work: () => Result,
): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof refusal) throw misuse(`${file} cannot be used: ${error.message}`)
    throw error
  }
}
