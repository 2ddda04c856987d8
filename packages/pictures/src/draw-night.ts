import type { Canvas, DrawScene, Typography } from './card.ts'
import type { SeededRandom } from './seeded-random.ts'
import { hsl, px } from './svg.ts'

const RIDGES = 5

/** Ridges of hills under a moon, paler with distance. */
export const drawNight: DrawScene = (random, canvas) => {
  const { width, height } = canvas
  const hue = random.pick([222, 232, 248, 268, 198, 178]) + random.between(-8, 8)
  const dusk = hue + random.pick([95, 120, 140, -150])
  const moon = moonOf(random, canvas)
  const ridges = Array.from({ length: RIDGES }, (_, index) => ridge(random, canvas, { hue, index }))
  const svg = [
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hsl(hue, 62, 11)}"/>`,
    `<stop offset="0.52" stop-color="${hsl(hue, 46, 26)}"/><stop offset="0.78" stop-color="${hsl(dusk, 42, 46)}"/></linearGradient>`,
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    stars(random, canvas),
    halo(moon),
    ...ridges,
  ].join('')
  const type = {
    family: 'Fraunces',
    ink: hsl(44, 60, 95),
    quietInk: hsl(hue, 45, 86),
    accent: '#ffe9b8',
    align: 'top',
  } as const
  return { svg, type: { ...type, ...textBox(canvas) } }
}

type Moon = { x: number; y: number; radius: number }

/** Beside the text if there is room, otherwise between the text and the hills. */
function moonOf(random: SeededRandom, { width, height }: Canvas): Moon {
  const beside = width > height
  return {
    x: (beside ? random.between(0.78, 0.9) : random.between(0.6, 0.84)) * width,
    y: (beside ? random.between(0.18, 0.36) : random.between(0.575, 0.61)) * height,
    radius: random.between(44, 84) * (beside ? 1 : 1.2),
  }
}

/** At the top; in a story, below the controls that phones overlay. */
function textBox({ width, height }: Canvas): Box {
  if (width > height) return { left: 72, top: 72, width: 760, height: 486, largest: 108 }
  const top = height > width ? 270 : 88
  const room = height > width ? 720 : 430
  return { left: 88, top, width: width - 176, height: room, largest: 152 }
}

type Box = Pick<Typography, 'left' | 'top' | 'width' | 'height' | 'largest'>

function stars(random: SeededRandom, { width, height }: Canvas): string {
  return Array.from({ length: Math.round((width * height) / 5800) }, () => {
    const bright = random.chance(0.07)
    const y = random.between(0, 1) ** 1.6 * height * 0.62
    return `<circle cx="${px(random.between(0, width))}" cy="${px(y)}" r="${bright ? 1.9 : px(random.between(0.5, 1.2))}" fill="#fff" fill-opacity="${bright ? 0.95 : px(random.between(0.2, 0.7))}"/>`
  }).join('')
}

function halo({ x, y, radius }: Moon): string {
  return [
    `<radialGradient id="halo"><stop offset="0" stop-color="#fff7df" stop-opacity="0.55"/><stop offset="0.3" stop-color="#fff1cc" stop-opacity="0.2"/>`,
    `<stop offset="1" stop-color="#fff1cc" stop-opacity="0"/></radialGradient>`,
    `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius * 3.6)}" fill="url(#halo)"/>`,
    `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" fill="#fff6dd"/>`,
    `<circle cx="${px(x - radius * 0.3)}" cy="${px(y - radius * 0.22)}" r="${px(radius * 0.2)}" fill="#efe2bf" fill-opacity="0.7"/>`,
    `<circle cx="${px(x + radius * 0.34)}" cy="${px(y + radius * 0.3)}" r="${px(radius * 0.13)}" fill="#efe2bf" fill-opacity="0.6"/>`,
  ].join('')
}

function ridge(
  random: SeededRandom,
  { width, height }: Canvas,
  { hue, index }: { hue: number; index: number },
): string {
  const nearness = index / (RIDGES - 1)
  const highest = width > height ? 0.56 : 0.71
  const base = (highest + nearness * (0.92 - highest)) * height
  const profile = displace(random, (60 + (1 - nearness) * 50) * (height / 630) ** 0.6)
  const step = width / (profile.length - 1)
  const points = profile.map((rise, at) => `L${px(at * step)} ${px(base - rise)}`).join('')
  const color = hsl(hue + (1 - nearness) * 18, 34 + nearness * 22, 38 - nearness * 33)
  return `<path d="M0 ${height}${points}L${width} ${height}Z" fill="${color}"/>`
}

/** A mountain's outline by midpoint displacement: repeatedly halves a line and shifts its middle. */
function displace(random: SeededRandom, rise: number): number[] {
  let line = [random.between(0, rise), random.between(0, rise), random.between(0, rise)]
  for (let reach = rise * 0.9; line.length < 240; reach *= 0.54) {
    line = line.flatMap((value, index) => {
      const next = line[index + 1]
      if (next === undefined) return [value]
      return [value, (value + next) / 2 + random.between(-reach, reach) / 2]
    })
  }
  return line
}
