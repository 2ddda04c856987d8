/**
 * Reads what the parts of a stream deliver, a model's or the AI SDK's. A tool call repeats the input that was streamed before it,
 * which counts once.
 */
export function createPartReader(): (part: { type: string }) => string {
  const streamed = new Set<unknown>()
  return (part) => {
    if (part.type === 'tool-input-delta' && 'id' in part) streamed.add(part.id)
    if (part.type.endsWith('-delta')) return textIn(part)
    if (part.type !== 'tool-call' || !('toolCallId' in part) || !('input' in part)) return ''
    if (streamed.has(part.toolCallId)) return ''
    return typeof part.input === 'string' ? part.input : JSON.stringify(part.input)
  }
}

/** The model calls it `delta`, `streamText` calls it `text`, `streamObject` calls it `textDelta`. */
function textIn(part: object): string {
  const text =
    ('delta' in part && part.delta) ||
    ('text' in part && part.text) ||
    ('textDelta' in part && part.textDelta)
  return typeof text === 'string' ? text : ''
}
