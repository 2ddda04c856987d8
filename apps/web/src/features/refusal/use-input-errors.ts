import { useCopy } from '../../copy/copy-context.tsx'
import { inputIssuesOf } from './input-issues.ts'

/** Why the server did not accept a field, in a sentence, until the form holds another input; null for a field that it accepted. */
export function useInputErrors(
  call: { error: unknown; input: object | undefined },
  input: object,
): (...paths: readonly string[]) => string | null {
  const { t } = useCopy()
  const isSent = JSON.stringify(call.input) === JSON.stringify(input)
  const issues = isSent ? inputIssuesOf(call.error) : []
  return (...paths) => {
    const issue = issues.find(({ path }) => paths.includes(path))
    if (!issue) return null
    const { code, characters } = issue
    if (code === 'undrawable') return t.refusal.fields.undrawable(characters.join(' '))
    if (code === 'too_big') return t.refusal.fields.tooLong
    if (code === 'too_long_for_code') return t.qr.tooLong
    if (code === 'low_contrast') return t.qr.lowContrast
    return t.refusal.fields.other
  }
}
