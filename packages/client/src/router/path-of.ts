/** The path of the procedure that a function like `(api) => api.images.generate` points at. */
export function pathOf(select: (api: object) => unknown): string {
  const selected = select(recorderAt(''))
  const path: unknown = isObject(selected) ? Reflect.get(selected, PATH) : null
  if (typeof path !== 'string' || path === '') {
    throw new Error('Point at a procedure: (api) => api.images.generate.')
  }
  return path
}

/** Answers its own path, and for every name a recorder one step further. */
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
