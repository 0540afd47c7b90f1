import { invalid, printable, type Rule } from './options.ts'

/** A credential, or what is asked for it each time that one is needed, so that it may change while a program runs. */
export type Credential = string | (() => string | Promise<string>)

const aKey: Rule = printable(/^[!-~]+$/, ' without blanks')

/**
 * Refuses a credential that cannot travel in a header; one that is asked for is judged when it comes.
 *
 * @throws CerttwinError `invalid_options` with the option's name, never its value
 */
export function requireCredential(name: string, value: unknown, [fits, what]: Rule = aKey): void {
  if (typeof value !== 'function' && !fits(value as never)) throw invalid(`${name} must be ${what}, or a function.`)
}

/** The credential as it is now. @throws CerttwinError `invalid_options` with the option's name when none can be had */
export async function askCredential(name: string, credential: Credential, [fits, what]: Rule = aKey): Promise<string> {
  if (typeof credential === 'string') return credential
  let value: string
  try {
    value = await credential()
  } catch {
    throw invalid(`the function ${name} failed.`) // what it threw may hold anything
  }
  if (fits(value as never)) return value
  throw invalid(`the function ${name} must give ${what}.`)
}

/** The last few secrets that were used. */
export function createSecrets(): {
  readonly secrets: Iterable<string>
  readonly remember: (secret: string) => void
  /** Asks for a credential that is secret. */
  readonly ask: (name: string, credential: Credential) => Promise<string>
} {
  const secrets = new Set<string>()
  const remember = (secret: string): void => {
    // What is used again becomes the newest: a key outlives what was signed with it.
    secrets.delete(secret)
    secrets.add(secret)
    const [oldest] = secrets.size > 20 ? secrets : []
    secrets.delete(oldest!)
  }
  return {
    secrets,
    remember,
    async ask(name, credential) {
      // What is known need not be waited for.
      const value = typeof credential === 'string' ? credential : await askCredential(name, credential)
      remember(value)
      return value
    },
  }
}
