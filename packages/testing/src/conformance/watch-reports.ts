/** What the work of one call reports while it runs. */
export type WatchedReports = {
  /** What tRPC passes to the work, with `report` instrumented. */
  options: unknown
  /** The suspicious reports of a stream with this many chunks: ones that never grow. */
  warnings(chunks: number): string[]
}

/** Two equal reports may be a coincidence. */
const REPORTS_MIN = 3

/** Watches `operation.report` of one call, without changing its behavior. */
export function watchReports(options: unknown): WatchedReports {
  if (!reports(options)) return { options, warnings: () => [] }
  const { operation } = options.ctx
  const reported: string[] = []
  const watched: unknown = Object.assign(Object.create(operation), {
    report(used: unknown) {
      operation.report(used)
      reported.push(JSON.stringify(used))
    },
  })
  return {
    options: { ...options, ctx: { ...options.ctx, operation: watched } },
    warnings: (chunks) => warn(reported, chunks),
  }
}

function warn(reported: readonly string[], chunks: number): string[] {
  const [first = '0'] = reported
  const isFlat =
    reported.length >= REPORTS_MIN && /[1-9]/.test(first) && new Set(reported).size === 1
  if (!isFlat || chunks < REPORTS_MIN) return []
  return [
    `reported ${first} ${reported.length} times in a stream of ${chunks} chunks, which costs ${first} in all. ` +
      'report() takes the use so far; for what was used since the last report use operation.add(). ' +
      'Guide: how-to/variable-cost-and-streams#streams',
  ]
}

type Reporting = { ctx: { operation: { report(used: unknown): void } } }

function reports(options: unknown): options is Reporting {
  if (!has(options, 'ctx') || !has(options.ctx, 'operation')) return false
  return has(options.ctx.operation, 'report') && typeof options.ctx.operation.report === 'function'
}

function has<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
