import { type WatchedReports, watchReports } from './watch-reports.ts'

/** A hand on the work of a procedure: how often it ran, and what happens around it. */
export type Work = {
  runs: number
  /** Runs before the work; throw or wait here. */
  before: () => Promise<void>
  /** Runs before the second and every later chunk of a stream; throw or wait here. */
  between: () => Promise<void>
  /** What looked wrong in what the work reported, and is not certain to be. Kept through a reset. */
  warnings: Set<string>
  reset(): void
}

/**
 * Puts a hand on a procedure's work. tRPC keeps a procedure as a list of middlewares whose last one is the work; what stands before it,
 * billing above all, stays as it is.
 */
export function interceptWork(procedure: unknown): Work {
  const middlewares = middlewaresOf(procedure)
  const run = middlewares.pop()
  if (!run)
    throw new Error('This procedure has no work. Does tRPC still end its middlewares with it?')
  const work: Work = {
    runs: 0,
    before: nothing,
    between: nothing,
    warnings: new Set(),
    reset: () => Object.assign(work, { runs: 0, before: nothing, between: nothing }),
  }
  middlewares.push(async (options) => {
    work.runs += 1
    await work.before()
    const reports = watchReports(options)
    const result = await run(reports.options)
    if (!isAsyncIterable(result.data)) return result
    return { ...result, data: paced(result.data, { work, reports }) }
  })
  return work
}

async function* paced(
  chunks: AsyncIterable<unknown>,
  { work, reports }: { work: Work; reports: WatchedReports },
): AsyncGenerator {
  let count = 0
  for await (const chunk of chunks) {
    if (count > 0) await work.between()
    count += 1
    yield chunk
  }
  for (const warning of reports.warnings(count)) work.warnings.add(warning)
}

async function nothing(): Promise<void> {}

type Middleware = (options: unknown) => Promise<{ data?: unknown }>

function middlewaresOf(procedure: unknown): Middleware[] {
  if (hasMiddlewares(procedure)) return procedure._def.middlewares
  throw new Error('Not a procedure of tRPC 11.')
}

function hasMiddlewares(procedure: unknown): procedure is { _def: { middlewares: Middleware[] } } {
  if (typeof procedure !== 'function' || !('_def' in procedure)) return false
  const definition = procedure._def
  return (
    typeof definition === 'object' &&
    definition !== null &&
    'middlewares' in definition &&
    Array.isArray(definition.middlewares)
  )
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
