/**
 * What a value is that JSON would lose ("a Map", "a function"), or null for one that JSON can carry. An object that says
 * itself what it is in JSON (`toJSON`) is carried.
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
  // A query that was never awaited is plain to look at.
  if ('then' in value && typeof value.then === 'function') return 'a promise that was not awaited'
  const tag = Object.prototype.toString.call(value)
  return tag === PLAIN ? null : `a ${tag.slice('[object '.length, -1)}`
}
