/** Makes another input that a procedure accepts by changing one field of its example; null when there is no such field. */
export function varyInput(example: unknown, accepts: (input: unknown) => boolean): unknown {
  if (typeof example !== 'object' || example === null) return null
  for (const [field, value] of Object.entries(example)) {
    const varied = variationsOf(value)
      .map((variation) => ({ ...example, [field]: variation }))
      .find(accepts)
    if (varied) return varied
  }
  return null
}

function variationsOf(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value} again`, `${value}x`, value.slice(0, -1)]
  if (typeof value === 'number') return [value + 1, value - 1]
  return typeof value === 'boolean' ? [!value] : []
}
