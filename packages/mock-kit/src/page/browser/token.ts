import { byId, valueOf } from './elements.ts'
import { say } from './notes.ts'

const storageKey = 'mock-token'

/** The token of the twin, kept as long as the tab. */
export function knownToken(): string | undefined {
  return sessionStorage.getItem(storageKey) ?? undefined
}

let asking: Promise<void> | undefined

/**
 * Asks for the token, once for everybody who waits for it.
 *
 * @throws Error with the sentence when nobody gives one
 */
export function askForToken(sentence: string): Promise<void> {
  asking ??= showDialog(sentence).finally(() => {
    asking = undefined
  })
  return asking
}

function showDialog(sentence: string): Promise<void> {
  const dialog = byId('token-dialog', HTMLDialogElement)
  const form = byId('token-form', HTMLFormElement)
  say('token-note', sentence)
  form.reset()
  dialog.showModal()
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const { signal } = ended
    const end = (settle: () => void): void => {
      ended.abort()
      dialog.close()
      settle()
    }
    const keep = (event: Event): void => {
      event.preventDefault()
      sessionStorage.setItem(storageKey, valueOf(form, 'token'))
      end(resolve)
    }
    form.addEventListener('submit', keep, { signal })
    dialog.addEventListener('close', () => end(() => reject(new Error(sentence))), { signal })
  })
}
