import { describeIssues, type Schema, type Validated } from './schema.ts'

/** A value parsed by the inputs of a procedure, or why one of them rejects it. */
export type ParsedInput = { ok: true; value: unknown } | { ok: false; problem: string }

/** Parses a value as tRPC does: each schema separately, merging objects. Returns a promise only if a schema does. */
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
