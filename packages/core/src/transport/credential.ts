import { invalid } from './options.ts'

/** A credential, or what is asked for it each time that one is needed, so that it may change while a program runs. */
export type Credential = string | (() => string | Promise<string>)

/**
 * A credential that can travel in a header; one that is asked for is judged when it comes.
 *
 * @throws CerttwinError `invalid_options` with the option's name, never its value
 */
export function parseCredential(name: string, value: unknown, form?: RegExp): Credential {
  if (typeof value === 'function') return value as Credential
  if (isCredential(value, form)) return value
  throw invalid(`${name} must be a non-empty string of printable ASCII characters without blanks, or a function.`)
}

/** The credential as it is now. @throws CerttwinError `invalid_options` with the option's name when none can be had */
export async function askCredential(name: string, credential: Credential, form?: RegExp): Promise<string> {
  if (typeof credential === 'string') return credential
  let value: unknown
  try {
    value = await credential()
  } catch {
    throw invalid(`the function ${name} failed.`) // what it threw may hold anything
  }
  if (isCredential(value, form)) return value
  throw invalid(`the function ${name} gave something else than a string of printable ASCII characters that it can be.`)
}

/** Secrets that were used lately: those that do not change, and behind them the last few that do. */
export function createSecrets(...credentials: readonly (Credential | undefined)[]): {
  readonly secrets: readonly string[]
  readonly remember: (secret: string) => void
  /** Asks for a credential that is secret. */
  readonly ask: (name: string, credential: Credential) => Promise<string>
} {
  const secrets = credentials.filter((credential) => typeof credential === 'string')
  const lasting = secrets.length
  const remember = (secret: string): void => {
    if (secrets.includes(secret)) return
    secrets.push(secret)
    if (secrets.length > lasting + 20) secrets.splice(lasting, 1)
  }
  return {
    secrets,
    remember,
    async ask(name, credential) {
      const value = await askCredential(name, credential)
      remember(value)
      return value
    },
  }
}

function isCredential(value: unknown, form: RegExp = /^[\x21-\x7e]+$/): value is string {
  return typeof value === 'string' && form.test(value)
}
