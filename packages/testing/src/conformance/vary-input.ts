/**
 * Makes another valid input with a different parsed value, by changing one place of a procedure's example, at any depth; null when no such
 * change is accepted.
 */
export function varyInput(
  example: unknown,
  /** Parses an input like the procedure; null when it is rejected. */
  parse: (input: unknown) => readonly unknown[] | null,
): { input: unknown } | null {
  const first = JSON.stringify(parse(example))
  for (const input of variationsOf(example)) {
    const parsed = parse(input)
    if (parsed !== null && JSON.stringify(parsed) !== first) return { input }
  }
  return null
}

/** Small changes first: most schemas accept one of them. */
function* variationsOf(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* otherStrings(value)
  else if (typeof value === 'number') yield* [value + 1, value - 1]
  else if (typeof value === 'boolean') yield !value
  else if (Array.isArray(value)) yield* otherArrays(value)
  else if (typeof value === 'object' && value !== null) yield* otherObjects(value)
}

function* otherStrings(text: string): Generator<string> {
  yield* [`${text} again`, `${text}x`, text.slice(0, -1)]
  // Keeps the format of an id, a date or a number in a string.
  yield text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
}

function* otherArrays(items: readonly unknown[]): Generator<unknown[]> {
  for (const [index, item] of items.entries()) {
    for (const other of variationsOf(item)) yield items.with(index, other)
  }
  yield* [[...items, ...items.slice(-1)], items.slice(0, -1), items.toReversed()]
}

function* otherObjects(fields: object): Generator<object> {
  for (const [name, value] of Object.entries(fields)) {
    for (const other of variationsOf(value)) yield { ...fields, [name]: other }
  }
  for (const left of Object.keys(fields)) {
    yield Object.fromEntries(Object.entries(fields).filter(([name]) => name !== left))
  }
}
