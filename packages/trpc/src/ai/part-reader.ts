/**
 * Reads the text that stream parts deliver, of a model or of the AI SDK. A tool call repeats its previously streamed input, which is
 * counted once.
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

/** A model names it `delta`, `streamText` names it `text`, `streamObject` names it `textDelta`. */
function textIn(part: object): string {
  const text =
    ('delta' in part && part.delta) ||
    ('text' in part && part.text) ||
    ('textDelta' in part && part.textDelta)
  return typeof text === 'string' ? text : ''
}
