/** What is to be said of a report that differs from the committed one, and whether programs would break that nobody warned. */
export interface Verdict {
  readonly complaint: string | undefined
  readonly isBreak: boolean
}

/** @param allowsBreaks - a changeset says that the next version is a major one */
export function judgeReport(committed: string, report: string, allowsBreaks: boolean): Verdict {
  if (committed === report) return { complaint: undefined, isBreak: false }
  const gone = missingLines(committed, report)
  const renew = 'run `pnpm --filter @certtwin/core api` and commit what it writes.'
  if (gone.length === 0) return { complaint: `the package exports more than before: ${renew}`, isBreak: false }
  if (allowsBreaks)
    return {
      complaint: `the package exports something else than before, as a changeset says: ${renew}`,
      isBreak: false,
    }
  const shown = gone.slice(0, 5).map((line) => `\n  - ${line.trim()}`)
  const more = gone.length > shown.length ? `\n  and ${gone.length - shown.length} more` : ''
  const complaint = `programs that use the package would break, since these lines are gone or changed; add a changeset that says major, or keep them:${shown.join('')}${more}`
  return { complaint, isBreak: true }
}

/** Lines of one text that another does not have in the same place, as often as it should. */
function missingLines(text: string, other: string): string[] {
  const left = new Map<string, number>()
  // What is exported now and was not before breaks no program.
  for (const [, place] of placedLines(other))
    for (const known of new Set([place, withoutExport(place)])) left.set(known, (left.get(known) ?? 0) + 1)
  const missing = placedLines(text).filter(([, place]) => {
    const count = left.get(place) ?? 0
    left.set(place, count - 1)
    return count <= 0
  })
  return missing.map(([line]) => line)
}

/**
 * Each line, and the same behind all those that it is indented under: many types have a member `id: number`. Comments break no program,
 * also those on what is documented.
 */
function placedLines(text: string): (readonly [line: string, place: string])[] {
  const above: string[] = []
  const lines = text.split('\n').filter((line) => /^\s*(?!\/\/)\S/.test(line))
  return lines.map((line) => {
    above.splice(line.search(/\S/) / 4, Infinity, line)
    return [line, above.map((each, index) => (index === above.length - 1 ? each : withoutExport(each))).join('\n')]
  })
}

function withoutExport(text: string): string {
  return text.replace(/^export /, '')
}
