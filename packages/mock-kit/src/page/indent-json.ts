/** A text, a bracket or comma, or a literal. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs

/**
 * The same JSON over several lines; undefined for what is no JSON.
 *
 * Token by token, since what went over the wire is to be shown: to parse and write it would change large numbers and escapes.
 */
export function indentJson(json: string): string | undefined {
  if (!isJson(json)) return undefined
  let depth = 0
  let text = ''
  let before = ''
  for (const [part] of json.matchAll(token)) {
    const isEnd = part === '}' || part === ']'
    if (isEnd) depth -= 1
    const isEmpty = isEnd && (before === '{' || before === '[')
    const breaksLine = (isEnd && !isEmpty) || (!isEnd && ['{', '[', ','].includes(before))
    text += (breaksLine ? `\n${'  '.repeat(depth)}` : '') + (part === ':' ? ': ' : part)
    if (part === '{' || part === '[') depth += 1
    before = part
  }
  return text
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
