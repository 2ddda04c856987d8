import type { Canvas, DrawScene, Typography } from './card.ts'
import type { SeededRandom } from './seeded-random.ts'
import { hsl, px } from './svg.ts'

/** Shapes are designed for a tile of this size and scaled to the canvas's tiles. */
const TILE = 126
const TILES = 5

/** Cut paper: tiles with one simple shape each, beside the text or below it. */
export const drawPaper: DrawScene = (random, canvas) => {
  const { width, height } = canvas
  const hue = random.between(0, 360)
  const paper = hsl(random.between(34, 48), 46, 94)
  const ink = hsl(hue, 38, 14)
  const colors = [
    ink,
    hsl(hue, 68, 52),
    hsl(hue + random.between(28, 48), 82, 62),
    hsl(hue + random.between(165, 195), 42, 46),
    hsl(random.between(34, 48), 40, 86),
  ] as const
  const mosaic = mosaicOf(canvas)
  const tiles = Array.from({ length: TILES * mosaic.rows }, (_, index) =>
    tile(random, colors, {
      x: mosaic.left + (index % TILES) * mosaic.tile,
      y: mosaic.top + Math.floor(index / TILES) * mosaic.tile,
      size: mosaic.tile,
    }),
  )
  const type = {
    family: 'Fraunces',
    ink,
    quietInk: hsl(hue, 24, 30),
    accent: colors[1],
    align: 'top',
  } as const
  return {
    svg: `<rect width="${width}" height="${height}" fill="${paper}"/>${tiles.join('')}`,
    type: { ...type, ...textBox(canvas) },
  }
}

/** The area of the tiles: five columns at the right, or at the bottom of canvases that are not wide. */
function mosaicOf({ width, height }: Canvas) {
  const rows = width === height ? 2 : TILES
  const tile = Math.min(width, height) / TILES
  return { rows, tile, left: width - tile * TILES, top: height - tile * rows }
}

/** The area that the tiles leave; in a story, below the controls that phones overlay. */
function textBox({ width, height }: Canvas): Box {
  if (width > height) {
    return { left: 64, top: 64, width: width - height - 112, height: height - 128, largest: 96 }
  }
  if (width === height) return { left: 80, top: 80, width: 920, height: 500, largest: 148 }
  return { left: 80, top: 230, width: 920, height: 550, largest: 152 }
}

type Box = Pick<Typography, 'left' | 'top' | 'width' | 'height' | 'largest'>

type Colors = readonly [string, ...string[]]

function tile(
  random: SeededRandom,
  colors: Colors,
  { x, y, size }: { x: number; y: number; size: number },
): string {
  const ground = random.pick(colors)
  let color = random.pick(colors)
  while (color === ground) color = random.pick(colors)
  const turn = random.pick([0, 90, 180, 270])
  const shape = random.pick(SHAPES)(random, color)
  return [
    `<rect x="${px(x)}" y="${px(y)}" width="${px(size + 0.5)}" height="${px(size + 0.5)}" fill="${ground}"/>`,
    `<g transform="translate(${px(x)} ${px(y)}) scale(${size / TILE}) rotate(${turn} ${px(TILE / 2)} ${px(TILE / 2)})">${shape}</g>`,
  ].join('')
}

type DrawShape = (random: SeededRandom, color: string) => string

const T = px(TILE)
const HALF = px(TILE / 2)

const quarterCircle: DrawShape = (_, color) =>
  `<path d="M0 0H${T}A${T} ${T} 0 0 1 0 ${T}Z" fill="${color}"/>`

const halfCircle: DrawShape = (_, color) =>
  `<path d="M0 0H${T}A${HALF} ${HALF} 0 0 1 0 0Z" fill="${color}"/>`

const leaf: DrawShape = (_, color) =>
  `<path d="M0 0A${T} ${T} 0 0 1 ${T} ${T}A${T} ${T} 0 0 1 0 0Z" fill="${color}"/>`

const circle: DrawShape = (random, color) =>
  `<circle cx="${HALF}" cy="${HALF}" r="${px(TILE * random.pick([0.5, 0.36, 0.22]))}" fill="${color}"/>`

const triangle: DrawShape = (_, color) => `<path d="M0 0H${T}L0 ${T}Z" fill="${color}"/>`

const arches: DrawShape = (_, color) =>
  [1, 0.66, 0.33]
    .map((share) => {
      const radius = px(TILE * share - 10)
      return `<path d="M${radius} 0A${radius} ${radius} 0 0 1 0 ${radius}" fill="none" stroke="${color}" stroke-width="17"/>`
    })
    .join('')

const stripes: DrawShape = (_, color) =>
  [0.08, 0.33, 0.58, 0.83]
    .map(
      (at) =>
        `<rect y="${px(TILE * at)}" width="${T}" height="${px(TILE * 0.1)}" fill="${color}"/>`,
    )
    .join('')

const dots: DrawShape = (_, color) =>
  [0.2, 0.5, 0.8]
    .flatMap((x) => [0.2, 0.5, 0.8].map((y) => [x, y] as const))
    .map(
      ([x, y]) =>
        `<circle cx="${px(TILE * x)}" cy="${px(TILE * y)}" r="${px(TILE * 0.085)}" fill="${color}"/>`,
    )
    .join('')

const SHAPES = [
  quarterCircle,
  quarterCircle,
  halfCircle,
  leaf,
  leaf,
  circle,
  triangle,
  arches,
  stripes,
  dots,
] as const
