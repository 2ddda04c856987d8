import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Writes every line that comes from `source` to `target`, with `prefix` in front of it. */
export function prefixLines(source: Readable, prefix: string, target: Writable): void {
  createInterface({ input: source }).on('line', (line) => target.write(`${prefix}${line}\n`))
}
