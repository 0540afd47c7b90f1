/** Indented for a person, on one line for a program; nothing where there is nothing to say. */
export function print(answer: unknown): void {
  if (typeof answer === 'string') printText(answer)
  else if (answer !== undefined) printText(`${JSON.stringify(answer, null, process.stdout.isTTY ? 2 : 0)}\n`)
}

export function printText(text: string): void {
  process.stdout.write(text)
}
