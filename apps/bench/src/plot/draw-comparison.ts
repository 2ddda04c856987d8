import type { Comparison } from '../compare/comparison.ts'
import { formatFigure } from '../report/format-figure.ts'
import { type Spread, spreadOf } from '../measure/statistics.ts'
import { drawBars, type Bar } from './draw-bars.ts'

/** Draws a comparison as one SVG: calls and pairs per second of each revision, with the range of the rounds. */
export function drawComparison(comparison: Comparison): string {
  const { revisions, rounds, startedAt, machine } = comparison
  return drawBars({
    title: `${revisions.this} (filled) beside ${revisions.other} (outlined)`,
    caption:
      `${startedAt.slice(0, 10)} · ${machine.cores} × ${machine.processor} · median of ${rounds} interleaved rounds, ` +
      'the line spans the least and the most',
    groups: [
      { title: 'Core, per second, 64 at once', bars: coreBars(comparison) },
      ...serverGroups(comparison),
    ].filter(({ bars }) => bars.length > 0),
  })
}

const CORE = ['raw insert', 'pair', 'pair hot', 'unbilled', 'billed', 'billed hot']

function coreBars({ core }: Comparison): Bar[] {
  return CORE.flatMap((name) =>
    (['other', 'this'] as const).flatMap((which) => {
      const found = core[which].cells.find((cell) => cell.name === name && cell.concurrency === 64)
      if (!found) return []
      const spread = spreadOf(found.samples.map(({ perSecond }) => perSecond))
      return [bar(which === 'other' ? name : '', which === 'this', spread)]
    }),
  )
}

function serverGroups({ servers }: Comparison) {
  return (['signed in', 'signed in, cold', 'billed'] as const).map((name) => ({
    title: `Real server, ${name}: calls per second, 64 at once`,
    bars: servers.flatMap((server, index) => {
      const found = server.cells.find((cell) => cell.name === name && cell.concurrency === 64)
      if (!found) return []
      const spread = spreadOf(found.rounds.map(({ perSecond }) => perSecond))
      return [bar(server.name, index > 0, spread)]
    }),
  }))
}

function bar(label: string, isFilled: boolean, spread: Spread): Bar {
  return { label, isFilled, ...spread, figure: formatFigure(spread.median) }
}
