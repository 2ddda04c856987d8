const SSL_REQUEST = 80_877_103
const GSS_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102
const LENGTH_BYTES = 4

/** One message of PostgreSQL's protocol; `type` is empty for the untyped ones that open a connection. */
export type PostgresMessage = { type: string; payload: Buffer; bytes: Buffer }

/** Splits a stream of bytes into messages; a client's first message has no type, a server's always have one. */
export function messageReader(side: 'client' | 'server'): (chunk: Buffer) => PostgresMessage[] {
  let rest = Buffer.alloc(0)
  let opened = side === 'server'
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages: PostgresMessage[] = []
    for (;;) {
      const typed = opened ? 1 : 0
      if (rest.length < typed + LENGTH_BYTES) return messages
      const size = typed + rest.readInt32BE(typed)
      if (rest.length < size) return messages
      const bytes = rest.subarray(0, size)
      const message = {
        type: opened ? String.fromCodePoint(bytes[0] ?? 0) : '',
        payload: bytes.subarray(typed + LENGTH_BYTES),
        bytes,
      }
      rest = rest.subarray(size)
      messages.push(message)
      opened ||= !asksBeforeOpening(message)
    }
  }
}

/** Whether this is an encryption request, which precedes the message that opens a connection. */
export function asksForEncryption(message: PostgresMessage): boolean {
  return [SSL_REQUEST, GSS_REQUEST].includes(codeOf(message))
}

/** Reads `count` NUL-terminated strings from the start of a payload. */
export function textsOf(payload: Buffer, count: number): string[] {
  const texts: string[] = []
  let from = 0
  for (let index = 0; index < count; index++) {
    const end = payload.indexOf(0, from)
    texts.push(payload.toString('utf8', from, end === -1 ? payload.length : end))
    from = end + 1
  }
  return texts
}

function asksBeforeOpening(message: PostgresMessage): boolean {
  return asksForEncryption(message) || codeOf(message) === CANCEL_REQUEST
}

function codeOf({ type, payload }: PostgresMessage): number {
  return type === '' && payload.length >= LENGTH_BYTES ? payload.readInt32BE(0) : 0
}
