/** Runs a cleanup if this process exits before it was done regularly, also by a signal; returns a function that unregisters it. */
export function atExit(undo: () => void): () => void {
  if (steps.size === 0 && !listening) listen()
  steps.add(undo)
  return () => steps.delete(undo)
}

const steps = new Set<() => void>()
let listening = false

function listen(): void {
  listening = true
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  process.once('exit', () => {
    for (const step of [...steps].toReversed()) step()
  })
}
