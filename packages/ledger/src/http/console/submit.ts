import type { z } from 'zod'
import { readForm } from '../read-form.ts'
import { refusalOf } from '../refusal-of.ts'
import type { ConsoleContext } from './console-variables.ts'
import { setFlash } from './flash.ts'

/** The result of a form: a message, a page to redirect to, or the page itself. */
export type FormResult = { message: string } | { goTo: string } | Response

/** Handles a form and redirects to a page that shows the result, so that a reload does not submit again. */
export async function submit<Form extends z.ZodType>(
  context: ConsoleContext,
  options: {
    form: Form
    backTo: string
    run(values: z.output<Form>): Promise<FormResult>
  },
): Promise<Response> {
  const { form, backTo, run } = options
  try {
    const result = await run(form.parse(await readForm(context)))
    if (result instanceof Response) return result
    if ('goTo' in result) return context.redirect(result.goTo, 303)
    setFlash(context, { kind: 'success', message: result.message })
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    setFlash(context, { kind: 'error', message: refusal.message })
  }
  return context.redirect(backTo, 303)
}
