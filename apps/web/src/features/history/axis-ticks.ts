/** More lines clutter a chart of this height. */
const INTERVALS_MAX = 4

/** The gridlines of an axis from 0 to at least `most`, at round whole numbers: 1, 2 or 5 times a power of ten apart. */
export function axisTicks(most: number): number[] {
  const step = stepFor(Math.max(1, most) / INTERVALS_MAX)
  const intervals = Math.max(1, Math.ceil(most / step))
  return Array.from({ length: intervals + 1 }, (_, index) => index * step)
}

function stepFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10
  return Math.max(1, factor * power)
}
