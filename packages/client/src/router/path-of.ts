/** The path of the procedure that a function like `(api) => api.images.generate` selects. */
export function pathOf(select: (api: object) => unknown): string {
  const selected = select(recorderAt(''))
  const path: unknown = isObject(selected) ? Reflect.get(selected, PATH) : null
  if (typeof path !== 'string' || path === '') {
    throw new Error('Point at a procedure: (api) => api.images.generate.')
  }
  return path
}

/** Returns its own path when asked for it, and for every other name a recorder one level deeper. */
function recorderAt(path: string): object {
  return new Proxy(
    {},
    {
      get: (_target, name) =>
        typeof name === 'symbol' ? path : recorderAt(path ? `${path}.${name}` : name),
    },
  )
}

const PATH = Symbol('path')

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
