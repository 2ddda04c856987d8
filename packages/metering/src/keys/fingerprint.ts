import { createHash, hash } from 'node:crypto'
import { inputNotComparable } from '../operation/faults.ts'
import { canonicalText, NotComparable } from './canonical-text.ts'

/** 128 bits of a digest are enough for comparison. */
const HEX_DIGITS = 32

/**
 * The 128 bits by which the inputs of a key are compared: by content, whatever the order of fields; files by name, type and bytes. Equal
 * only for equivalent inputs. Throws `MeteringError` `INPUT_NOT_COMPARABLE` for what has no content to compare.
 */
export async function fingerprint(procedure: string, input: unknown): Promise<string> {
  const files = new Map<Blob, string>()
  const unread = new Set<Blob>()
  const digestOf = (file: Blob) => {
    const digest = files.get(file)
    if (digest === undefined) unread.add(file)
    return digest
  }
  try {
    let text = canonicalText(input, digestOf)
    if (unread.size > 0) {
      // The bytes of a file can only be read asynchronously.
      for (const file of unread) files.set(file, await digestOfBytes(file))
      text = canonicalText(input, digestOf)
    }
    return hash('sha256', `${procedure}\n${text}`, 'hex').slice(0, HEX_DIGITS)
  } catch (error) {
    throw error instanceof NotComparable ? inputNotComparable(procedure, error.message) : error
  }
}

/** Why `fingerprint` would refuse an input ("holds a function"); null when it would not. */
export function whyNotComparable(input: unknown): string | null {
  try {
    canonicalText(input, () => undefined)
    return null
  } catch (error) {
    if (error instanceof NotComparable) return error.message
    throw error
  }
}

async function digestOfBytes(file: Blob): Promise<string> {
  const digest = createHash('sha256')
  for await (const bytes of file.stream()) digest.update(bytes)
  return digest.digest('base64')
}
