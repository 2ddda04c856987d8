/** One bar: a median with the minimum and maximum of its rounds. */
export type Bar = {
  label: string
  isFilled: boolean
  median: number
  min: number
  max: number
  /** The formatted median. */
  figure: string
}

/** Bars with a common scale. */
export type BarGroup = { title: string; bars: readonly Bar[] }

const WIDTH = 720
const LABELS = 200
const FIGURES = 70
const ROW = 22
const BAR = 14
const TITLE = 30
const CAPTION = 24
/** Inherits the text color, so that it is readable in both light and dark themes. */
const STYLE = `svg{color:#1f2937;font:13px system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{color:#e5e7eb}}
text{fill:currentColor}.title{font-weight:600}.caption{font-size:11px;opacity:.75}
.filled{fill:#0f766e}.outlined{fill:none;stroke:currentColor;stroke-width:1}
.spread{stroke:currentColor;stroke-width:1.5}`

/** Draws groups of horizontal bars as a standalone SVG. */
export function drawBars(plot: {
  title: string
  caption: string
  groups: readonly BarGroup[]
}): string {
  const parts: string[] = [text(0, 18, 'title', plot.title)]
  let y = TITLE
  for (const group of plot.groups) {
    parts.push(text(0, y + 18, 'title', group.title))
    y += TITLE
    const most = Math.max(...group.bars.map(({ max }) => max))
    for (const bar of group.bars) {
      parts.push(drawBar(bar, y, (WIDTH - LABELS - FIGURES) / most))
      y += ROW
    }
    y += ROW / 2
  }
  parts.push(text(0, y + CAPTION / 2, 'caption', plot.caption))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + CAPTION}" role="img" aria-label="${escape(plot.title)}">`,
    `<style>${STYLE}</style>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

function drawBar({ label, isFilled, median, min, max, figure }: Bar, y: number, scale: number) {
  const middle = y + BAR / 2
  const at = (value: number) => round(LABELS + value * scale)
  return [
    text(0, middle + 4, '', label),
    `<rect class="${isFilled ? 'filled' : 'outlined'}" x="${LABELS}" y="${y}" width="${round(median * scale)}" height="${BAR}"/>`,
    `<path class="spread" d="M${at(min)} ${middle}H${at(max)}"/>`,
    text(at(max) + 8, middle + 4, '', figure),
  ].join('\n')
}

function text(x: number, y: number, name: string, content: string): string {
  const className = name === '' ? '' : ` class="${name}"`
  return `<text${className} x="${x}" y="${y}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
