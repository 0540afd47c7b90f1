import { byId } from './elements.ts'

/** Says what came of something, or what went wrong, in the note of a part of the page. */
export function say(noteId: string, text: string, isError: boolean = false): void {
  const note = byId(noteId, HTMLElement)
  if (note.textContent !== text) note.textContent = text
  note.toggleAttribute('data-error', isError)
}

/**
 * Does something and says what came of it; a refusal is shown as the plane words it.
 *
 * @param work - what it gives is said; where that is nothing, what was said before stays unless it was an error
 */
export async function attempt(noteId: string, work: () => Promise<string | void>): Promise<void> {
  try {
    const text = await work()
    if (text !== undefined) say(noteId, text)
    else if (byId(noteId, HTMLElement).hasAttribute('data-error')) say(noteId, '')
  } catch (error) {
    say(noteId, error instanceof Error ? error.message : String(error), true)
  }
}

/** Does something when a form is sent. */
export function onSubmit(form: HTMLFormElement, noteId: string, work: () => Promise<string | void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void attempt(noteId, work)
  })
}

/** Does something when a button is pressed. */
export function onPress(buttonId: string, noteId: string, work: () => Promise<string | void>): void {
  byId(buttonId, HTMLButtonElement).addEventListener('click', () => void attempt(noteId, work))
}
