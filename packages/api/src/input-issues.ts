import { ZodError } from 'zod'

/** Why one field of an input was rejected. */
export type InputIssue = {
  /** The path in the input: "title", "pages.0.title". */
  path: string
  /** "too_big", "invalid_format"; for our own checks "undrawable", "too_long_for_code", "low_contrast", "webhook_url". */
  code: string
  message: string
  /** The characters that were rejected, if the issue is about some. */
  characters?: readonly string[]
}

/** The issues of an input that its schema rejected; null for every other error. */
export function inputIssuesOf(cause: unknown): InputIssue[] | null {
  if (!(cause instanceof ZodError)) return null
  return cause.issues.map((issue) => {
    const params = issue.code === 'custom' ? readParams(issue.params) : {}
    return { path: issue.path.join('.'), code: issue.code, message: issue.message, ...params }
  })
}

/** A check of our own, with a code that screens have a sentence for. */
export function ownIssue(code: string, message: string) {
  return { code: 'custom', message, params: { code } } as const
}

/** The issue of a text with characters that no font has. */
export function cannotDraw(characters: readonly string[]) {
  const message = `has characters that cannot be drawn: ${characters.join(' ')}`
  return { code: 'custom', message, params: { code: 'undrawable', characters } } as const
}

function readParams(params: Record<string, unknown> | undefined) {
  const { code, characters } = params ?? {}
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(Array.isArray(characters) ? { characters: characters.map(String) } : {}),
  }
}
