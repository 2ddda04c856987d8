/** JSON with sorted keys: two inputs that mean the same have the same text. Throws on cycles, as `JSON.stringify` does. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isPlainObject(inner) ? sorted(inner) : inner,
    ) ?? 'undefined'
  )
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null)
  for (const key of Object.keys(object).toSorted()) copy[key] = object[key]
  return copy
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
