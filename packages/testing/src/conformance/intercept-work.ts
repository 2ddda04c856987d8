import { type WatchedReports, watchReports } from './watch-reports.ts'

/** The instrumented work of a procedure: counts its runs, and hooks into them. */
export type Work = {
  runs: number
  /** Runs before the work; throw or wait here. */
  before: () => Promise<void>
  /** Runs before the second and every later chunk of a stream; throw or wait here. */
  between: () => Promise<void>
  /** Suspicious reports of the work that are not certainly wrong. Kept across resets. */
  warnings: Set<string>
  reset(): void
}

/**
 * Instruments a procedure's work. tRPC stores a procedure as a list of middlewares of which the last one is the work; the preceding ones,
 * billing above all, are left as they are.
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
