/** An input with each of its strings, arrays and numbers emptied in turn, at any depth: the cases that prices forget. */
export function* emptiedInputs(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield ''
  else if (typeof value === 'number') yield 0
  else if (Array.isArray(value)) {
    yield []
    for (const [index, item] of value.entries()) {
      for (const other of emptiedInputs(item)) yield value.with(index, other)
    }
  } else if (isPlain(value)) {
    for (const [name, item] of Object.entries(value)) {
      for (const other of emptiedInputs(item)) yield { ...value, [name]: other }
    }
  }
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
