/** The initial buffer size; most API bodies are smaller. */
const FIRST_BYTES = 4096

/** Bytes that arrive in pieces. */
export type CollectedBytes = {
  length(): number
  add(chunk: Buffer): void
  take(): Buffer
}

/**
 * Collects pieces into one buffer that doubles as it fills. A list of pieces would take hundreds of bytes per piece, even from a client
 * that sends single bytes.
 */
export function collectBytes(options: { announced: number }): CollectedBytes {
  let whole: Buffer | null = null
  let buffer = Buffer.alloc(0)
  let length = 0
  return {
    length: () => length,
    add(chunk) {
      if (length === 0 && chunk.length === options.announced) {
        whole = chunk
        length = chunk.length
        return
      }
      if (length + chunk.length > buffer.length) {
        const grown = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * (length + chunk.length)))
        buffer.copy(grown, 0, 0, length)
        buffer = grown
      }
      chunk.copy(buffer, length)
      length += chunk.length
    },
    take: () => whole ?? buffer.subarray(0, length),
  }
}
