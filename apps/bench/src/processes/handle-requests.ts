import { z } from 'zod'

const requestSchema = z.object({ id: z.number(), name: z.string(), input: z.unknown() })

/** The handlers of a child process, by kind of request. */
export type RequestHandlers = Record<string, (input: unknown) => unknown>

/** Handles the parent's requests until it disconnects, then closes what is open and exits. */
export function handleRequests(handlers: RequestHandlers, close: () => Promise<void>): void {
  process.on('message', (message) => void handle(message, handlers))
  process.once('disconnect', () => void close().finally(() => process.exit(0)))
  // Ctrl-C reaches the whole process group; the parent decides the order of shutdown.
  process.on('SIGINT', () => {})
}

async function handle(message: unknown, handlers: RequestHandlers): Promise<void> {
  const { id, name, input } = requestSchema.parse(message)
  try {
    const handler = handlers[name]
    if (!handler) throw new Error(`Nothing here handles "${name}".`)
    process.send?.({ id, outcome: 'answered', answer: await handler(input) })
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ id, outcome: 'failed', message: text })
  }
}
