/**
 * Lets callers share work per key, but never work that started before their call: at most one run is active and one is waiting, and
 * callers during the active run share the waiting one.
 */
export function createSingleflight<Result>(): (
  key: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  const running = new Map<string, Promise<Result>>()
  const waiting = new Map<string, Promise<Result>>()

  function start(key: string, work: () => Promise<Result>): Promise<Result> {
    const current = work().finally(() => running.delete(key))
    running.set(key, current)
    return current
  }

  return (key, work) => {
    const current = running.get(key)
    if (!current) return start(key, work)
    let next = waiting.get(key)
    if (!next) {
      const after = () => {
        waiting.delete(key)
        return start(key, work)
      }
      next = current.then(after, after)
      waiting.set(key, next)
    }
    return next
  }
}
