import { z } from 'zod'
import { LedgerError } from '../../core/ledger-error.ts'
import { readForm } from '../read-form.ts'
import type { ConsoleContext } from './console-variables.ts'
import { say } from './flash.ts'

/** What a form did: what to say about it, and where to go when not back. */
export type Done = { message: string; goTo?: string }

/** Reads a form, does what it asks, and goes to a page that says how it went; reloading that page repeats nothing. */
export async function submit<Form extends z.ZodType>(
  context: ConsoleContext,
  options: {
    form: Form
    backTo: string
    run(values: z.output<Form>): Promise<Done>
  },
): Promise<Response> {
  const { form, backTo, run } = options
  try {
    const { message, goTo } = await run(form.parse(await readForm(context)))
    if (message !== '') say(context, { went: 'well', message })
    return context.redirect(goTo ?? backTo, 303)
  } catch (error) {
    say(context, { went: 'wrong', message: refusalOf(error) })
    return context.redirect(backTo, 303)
  }
}

function refusalOf(error: unknown): string {
  if (error instanceof LedgerError) return error.message
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  }
  throw error
}
