/** Every path of keys in a value; the elements of an array count as one. */
export function keyPaths(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) {
    const inner = value.flatMap((item) => [...keyPaths(item, `${path}[]`)])
    return new Set([...(value.length > 0 ? [`${path}[]`] : []), ...inner])
  }
  if (typeof value !== 'object' || value === null) return new Set()
  return new Set(
    Object.entries(value)
      // The SDK adds functions to the response.
      .filter(([, item]) => typeof item !== 'function')
      .flatMap(([key, item]) => [`${path}.${key}`, ...keyPaths(item, `${path}.${key}`)]),
  )
}
