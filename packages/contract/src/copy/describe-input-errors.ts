import type { enRefusals } from './en-refusals.ts'
import type { enStudio } from './en-studio.ts'
import { inputIssuesOf } from './input-issues.ts'

type Texts = Pick<typeof enRefusals, 'refusal'> & Pick<typeof enStudio, 'qr'>

/** Returns a lookup by field name: why the server rejected the field, as a sentence, or null for an accepted one. */
export function describeInputErrors(
  error: unknown,
  t: Texts,
): (...paths: readonly string[]) => string | null {
  const issues = inputIssuesOf(error)
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
