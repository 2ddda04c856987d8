import { describeIssues, type Schema } from './schema.ts'

/** What the inputs of a procedure make of a value, or why one of them refuses it. */
export type ParsedInput = { ok: true; value: unknown } | { ok: false; problem: string }

/** Reads a value as tRPC does: every schema by itself, objects put together. */
export async function parseInput(schemas: readonly Schema[], value: unknown): Promise<ParsedInput> {
  let parsed: unknown
  for (const schema of schemas) {
    const result = await schema['~standard'].validate(value)
    if (result.issues) return { ok: false, problem: describeIssues(result.issues) }
    parsed =
      isObject(parsed) && isObject(result.value) ? { ...parsed, ...result.value } : result.value
  }
  return { ok: true, value: parsed }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
