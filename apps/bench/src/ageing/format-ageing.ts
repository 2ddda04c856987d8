import { formatFigure, formatSpread } from '../report/format-figure.ts'
import { formatTable } from '../report/format-table.ts'
import type { AgeingReport } from './run-ageing.ts'

/** The cost of ageing, as two tables. */
export function formatAgeing(report: AgeingReport): string {
  const { pairs, whileAgeing, bulk, sizes } = report
  const perMillion = (value: number) => formatFigure((value / bulk.rows) * 1e6)
  const costs = [
    ['operations stored', formatFigure(report.operations)],
    ['p50 of a pair alone, ms', formatSpread(pairs.alone)],
    ['p50 of a pair while ageing, ms', formatSpread(pairs.whileAgeing)],
    ['the second ÷ the first, by round', formatSpread(pairs.ratio)],
    ['rows aged meanwhile, in steps', `${formatFigure(whileAgeing.rows)} in ${whileAgeing.steps}`],
    ['longest step meanwhile, ms', formatFigure(whileAgeing.longestStepMs)],
    ['rows aged without pauses', formatFigure(bulk.rows)],
    ['seconds per million', perMillion(bulk.ms / 1000)],
    ['CPU seconds per million', perMillion(bulk.cpuMs / 1000)],
    ['WAL MB per million', perMillion(bulk.walBytes / 1e6)],
    ['longest step, ms', formatFigure(bulk.longestStepMs)],
    ['seconds to vacuum', formatFigure(report.vacuumSeconds)],
  ]
  const after = new Map(sizes.after.map(({ relation, megabytes }) => [relation, megabytes]))
  const relations = sizes.before.map(({ relation, megabytes }) => [
    relation,
    formatFigure(megabytes),
    formatFigure(after.get(relation) ?? 0),
  ])
  return [
    formatTable(['ageing', 'measured'], costs),
    formatTable(['relation', 'MB before', 'MB after'], relations),
  ].join('\n\n')
}
