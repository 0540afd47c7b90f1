import { Command, InvalidArgumentError, Option } from 'commander'

/** A command that never ends the process by itself, and says what is wrong with its arguments in a sentence. */
export function createCommand(name: string): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(`${toSentence(text)}\n`) })
}

/** An option whose value is read by a function that throws a RangeError for what it cannot read. */
export function createOption(flags: string, summary: string, parse: (text: string) => unknown): Option {
  return new Option(flags, summary).argParser((text) => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidArgumentError(error.message)
      throw error
    }
  })
}

/** commander writes `error: unknown option '--x'`, and a guess on a line of its own. */
function toSentence(text: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
  return `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${/[.?!)]$/.test(message) ? '' : '.'}`
}
