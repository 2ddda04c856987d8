import type { Spread } from '../measure/statistics.ts'

/** A number with three significant digits and thousands separators. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value !== 0 && Math.abs(value) < 100) return String(Number(value.toPrecision(3)))
  return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
}

/** "median (min–max)". */
export function formatSpread({ median, min, max }: Spread): string {
  return min === max
    ? formatFigure(median)
    : `${formatFigure(median)} (${formatFigure(min)}–${formatFigure(max)})`
}
