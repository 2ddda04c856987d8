import { z } from 'zod'
import { LedgerError } from '../../core/ledger-error.ts'
import { readForm } from '../read-form.ts'
import type { ConsoleContext } from './console-variables.ts'
import { setFlash } from './flash.ts'

/** The result of a form: a message, and where to go if not back. */
export type Done = { message: string; goTo?: string }

/** Handles a form and redirects to a page that shows the result, so that reloading repeats nothing. */
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
    if (message !== '') setFlash(context, { kind: 'success', message })
    return context.redirect(goTo ?? backTo, 303)
  } catch (error) {
    setFlash(context, { kind: 'error', message: refusalOf(error) })
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
