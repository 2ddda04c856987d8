import type { GenerateResult, StreamPart } from './sdk-types.ts'

/** A response as stored for a retry: JSON, without the bodies and headers of its request. */
export function toStored(result: GenerateResult): GenerateResult {
  const { content, finishReason, usage, providerMetadata, warnings, response } = result
  const { id, modelId, timestamp } = response ?? {}
  return {
    content: content.map(withoutBytes),
    finishReason,
    usage,
    warnings,
    ...(providerMetadata ? { providerMetadata } : {}),
    response: { ...(id ? { id } : {}), ...(modelId ? { modelId } : {}), ...stampOf(timestamp) },
  }
}

/** Restores a stored response: its date became a string in JSON. */
export function fromStored(result: GenerateResult): GenerateResult {
  return { ...result, response: { ...result.response, ...stampOf(result.response?.timestamp) } }
}

/** A stream part as stored for a retry. */
export function toStoredPart(part: StreamPart): StreamPart {
  return part.type === 'file' ? withoutBytes(part) : part
}

/** Restores a stored stream part. */
export function fromStoredPart(part: StreamPart): StreamPart {
  return part.type === 'response-metadata' ? { ...part, ...stampOf(part.timestamp) } : part
}

function withoutBytes<Part extends object>(part: Part): Part {
  if (!('data' in part) || !(part.data instanceof Uint8Array)) return part
  return { ...part, data: Buffer.from(part.data).toString('base64') }
}

function stampOf(timestamp: Date | undefined): { timestamp?: Date } {
  return timestamp ? { timestamp: new Date(timestamp) } : {}
}
