import type { Canvas, DrawScene, Typography } from './card.ts'
import type { SeededRandom } from './seeded-random.ts'
import { hsl, px } from './svg.ts'

/** Rays of a curtain across 1200 pixels. */
const RAYS = 64
/** The height that distances are designed for; taller canvases stretch them. */
const HEIGHT = 630

/** Hues of sky, low light and high light that go together; random ones would often look muddy. */
const PALETTES: readonly [Palette, ...Palette[]] = [
  { sky: 226, low: 158, high: 282 },
  { sky: 214, low: 172, high: 322 },
  { sky: 252, low: 200, high: 328 },
  { sky: 236, low: 142, high: 196 },
  { sky: 262, low: 318, high: 22 },
  { sky: 204, low: 186, high: 262 },
  { sky: 280, low: 262, high: 348 },
]

type Palette = { sky: number; low: number; high: number }

/** Curtains of light over a dark sky. */
export const drawAurora: DrawScene = (random, canvas) => {
  const { width, height } = canvas
  const { sky, low, high } = random.pick(PALETTES)
  const svg = [
    gradient('sky', [
      [0, hsl(sky, 66, 8), 1],
      [1, hsl(sky - 12, 58, 20), 1],
    ]),
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    glow(random, canvas, high),
    stars(random, canvas),
    ...[0.16, 0.3, 0.44].map((top, index) =>
      curtain(random, canvas, {
        id: `curtain${index}`,
        low: low + random.between(-14, 14),
        high,
        top,
      }),
    ),
    // A backdrop that keeps the text readable over the brightest curtain.
    gradient('ground', [
      [0.34, hsl(sky, 70, 5), 0],
      [0.72, hsl(sky, 70, 5), 0.72],
      [1, hsl(sky, 70, 5), 0.94],
    ]),
    `<rect width="${width}" height="${height}" fill="url(#ground)"/>`,
  ].join('')
  const type = {
    family: 'Inter',
    ink: '#ffffff',
    quietInk: hsl(low, 45, 86),
    accent: hsl(low, 85, 66),
    align: 'bottom',
  } as const
  return { svg, type: { ...type, ...textBox(canvas) } }
}

/** At the bottom; in a story, above the controls that phones overlay. */
function textBox({ width, height }: Canvas): Box {
  if (width > height) return { left: 72, top: 72, width: 980, height: 486, largest: 120 }
  const bottom = height > width ? 300 : 88
  const top = height > width ? 420 : 160
  return { left: 88, top, width: width - 176, height: height - top - bottom, largest: 156 }
}

type Box = Pick<Typography, 'left' | 'top' | 'width' | 'height' | 'largest'>

type Stop = readonly [offset: number, color: string, opacity: number]

function gradient(id: string, stops: readonly Stop[], kind = 'linear'): string {
  const direction = kind === 'linear' ? 'x1="0" y1="0" x2="0" y2="1"' : ''
  const listed = stops.map(
    ([offset, color, opacity]) =>
      `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
  )
  return `<${kind}Gradient id="${id}" ${direction}>${listed.join('')}</${kind}Gradient>`
}

function glow(random: SeededRandom, { width, height }: Canvas, hue: number): string {
  const x = px(random.between(0.15, 0.85) * width)
  const stops: Stop[] = [
    [0, hsl(hue, 80, 52), 0.5],
    [1, hsl(hue, 80, 40), 0],
  ]
  return `${gradient('glow', stops, 'radial')}<ellipse cx="${x}" cy="${px(height * 0.1)}" rx="${px(width * 0.6)}" ry="${px(height * 0.68)}" fill="url(#glow)"/>`
}

function stars(random: SeededRandom, { width, height }: Canvas): string {
  return Array.from({ length: Math.round((width * height) / 8400) }, () => {
    const radius = random.chance(0.12) ? 1.8 : random.between(0.5, 1.1)
    const opacity = random.between(0.3, 0.95)
    return `<circle cx="${px(random.between(0, width))}" cy="${px(random.between(0, height * 0.7))}" r="${px(radius)}" fill="#fff" fill-opacity="${px(opacity)}"/>`
  }).join('')
}

/** A curtain is a row of vertical rays whose lower ends follow a wave: bright at the bottom, fading upwards. */
function curtain(
  random: SeededRandom,
  { width, height }: Canvas,
  { id, low, high, top }: { id: string; low: number; high: number; top: number },
): string {
  const phase = random.between(0, Math.PI * 2)
  const waves = random.between(0.7, 1.6)
  const sway = random.between(40, 90)
  const stretch = height / HEIGHT
  const step = width / (RAYS - 6)
  const rays = Array.from({ length: RAYS }, (_, ray) => {
    const turn = phase + (ray / RAYS) * waves * Math.PI * 2
    const foot =
      top * height + (150 + sway * Math.sin(turn) + 16 * Math.sin(turn * 5.3)) * stretch ** 0.7
    const reach = (150 + 90 * Math.sin(turn * 2.1 + 1) + random.between(0, 110)) * stretch
    // Where the curtain turns towards the viewer, its rays are closer together and brighter.
    const strength = 0.16 + 0.2 * (0.5 + 0.5 * Math.cos(turn)) + random.between(0, 0.1)
    const wide = step * random.between(1.7, 3.1)
    return `<rect x="${px((ray - 3) * step)}" y="${px(foot - reach)}" width="${px(wide)}" height="${px(reach + 70 * stretch)}" opacity="${strength.toFixed(2)}"/>`
  })
  const fill = gradient(id, [
    [0, hsl(high, 85, 62), 0],
    [0.45, hsl(high, 82, 60), 0.45],
    [0.74, hsl(low, 88, 60), 0.95],
    [0.82, hsl(low, 95, 76), 1],
    [1, hsl(low, 85, 55), 0],
  ])
  return `${fill}<g fill="url(#${id})">${rays.join('')}</g>`
}
