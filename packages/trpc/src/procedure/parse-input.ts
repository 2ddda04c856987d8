import { describeIssues, type Schema, type Validated } from './schema.ts'

/** What the inputs of a procedure make of a value, or why one of them refuses it. */
export type ParsedInput = { ok: true; value: unknown } | { ok: false; problem: string }

/** Parses a value as tRPC does: every schema by itself, objects merged. A promise only where a schema answers with one. */
export function parseInput(
  schemas: readonly Schema[],
  value: unknown,
  parsed?: unknown,
): ParsedInput | Promise<ParsedInput> {
  const [schema, ...others] = schemas
  if (!schema) return { ok: true, value: parsed }
  const merge = (result: Validated<unknown>) => {
    if (result.issues) return { ok: false as const, problem: describeIssues(result.issues) }
    const isMerged = isObject(parsed) && isObject(result.value)
    return parseInput(others, value, isMerged ? { ...parsed, ...result.value } : result.value)
  }
  const result = schema['~standard'].validate(value)
  return result instanceof Promise ? result.then(merge) : merge(result)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
