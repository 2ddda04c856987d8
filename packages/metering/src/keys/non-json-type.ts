/**
 * The kind of a value that JSON would lose ("a Map", "a function"); null for one that JSON can represent, including an object with its
 * own `toJSON`.
 */
export function nonJsonType(value: unknown): string | null {
  switch (typeof value) {
    case 'function':
    case 'symbol':
    case 'bigint':
      return `a ${typeof value}`
    case 'object':
      return value === null || Array.isArray(value) ? null : ofObject(value)
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return null
  }
}

const PLAIN = '[object Object]'

function ofObject(value: object): string | null {
  if ('toJSON' in value && typeof value.toJSON === 'function') return null
  // An unawaited query may be a plain object.
  if ('then' in value && typeof value.then === 'function') return 'a promise that was not awaited'
  const tag = Object.prototype.toString.call(value)
  return tag === PLAIN ? null : `a ${tag.slice('[object '.length, -1)}`
}
