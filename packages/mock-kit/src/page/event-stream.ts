/**
 * Reads server-sent events, as the control plane sends them: the data of those that have arrived together.
 *
 * Our own, since `EventSource` cannot send a token, and all that can come is `id` and `data` of one line each.
 */
export async function* readEvents(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string[]> {
  let rest = ''
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + value).split('\n\n')
    rest = events.pop()!
    const data = events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])
    if (data.length > 0) yield data
  }
}
