import { z } from 'zod'

const questionSchema = z.object({ id: z.number(), name: z.string(), input: z.unknown() })

/** How a child answers one kind of question. */
export type Answers = Record<string, (input: unknown) => unknown>

/** Answers the parent's questions until it lets go, then closes what is open and ends. */
export function answerQuestions(answers: Answers, close: () => Promise<void>): void {
  process.on('message', (message) => void answer(message, answers))
  process.once('disconnect', () => void close().finally(() => process.exit(0)))
  // Ctrl-C reaches the whole group; the parent decides in which order things end.
  process.on('SIGINT', () => {})
}

async function answer(message: unknown, answers: Answers): Promise<void> {
  const { id, name, input } = questionSchema.parse(message)
  try {
    const find = answers[name]
    if (!find) throw new Error(`Nothing here answers "${name}".`)
    process.send?.({ id, outcome: 'answered', answer: await find(input) })
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ id, outcome: 'failed', message: text })
  }
}
