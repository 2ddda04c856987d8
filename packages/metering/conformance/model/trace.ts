import { createHash } from 'node:crypto'

/** A running record of a run: every decision, effect and result, folded into one hash. */
export type Trace = {
  record(kind: string, label: string, detail?: unknown): void
  /** The hash of everything recorded so far, as hexadecimal. */
  digest(): string
}

/** Creates a trace; `write` receives every line, for comparing two runs. */
export function createTrace(write: (line: string) => void = () => {}): Trace {
  const hash = createHash('sha256')
  return {
    record(kind, label, detail) {
      const line = `${kind} ${label} ${JSON.stringify(detail) ?? ''}\n`
      hash.update(line)
      write(line)
    },
    digest: () => hash.copy().digest('hex'),
  }
}
