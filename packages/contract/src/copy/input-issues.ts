/** What is wrong with one field of an input, as the server reports it. */
type InputIssue = { path: string; code: string; characters: readonly string[] }

/** The issues of a call that was rejected for its input, by field; empty for any other outcome. */
export function inputIssuesOf(error: unknown): readonly InputIssue[] {
  const issues = field(field(error, 'data'), 'issues')
  if (!Array.isArray(issues)) return []
  return issues.map((issue: unknown) => {
    const characters = field(issue, 'characters')
    return {
      path: String(field(issue, 'path')),
      code: String(field(issue, 'code')),
      characters: Array.isArray(characters) ? characters.map(String) : [],
    }
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
