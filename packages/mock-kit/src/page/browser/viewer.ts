import { byId } from './elements.ts'

/** Shows a value whole. */
export function view(title: string, text: string): void {
  byId('viewer-title', HTMLElement).textContent = title
  const block = byId('viewer-text', HTMLElement)
  block.textContent = text
  byId('viewer', HTMLDialogElement).showModal()
  block.scrollTop = 0
}

export function startViewer(): void {
  const dialog = byId('viewer', HTMLDialogElement)
  byId('close-viewer', HTMLButtonElement).addEventListener('click', () => dialog.close())
}
