import { CANVAS, type DrawScene } from './picture-style.ts'
import type { SeededRandom } from './seeded-random.ts'
import { hsl, px } from './svg.ts'

const { width, height } = CANVAS
const RIDGES = 5

/** Ridges of hills under a moon, paler the farther they are. */
export const drawNight: DrawScene = (random) => {
  const hue = random.pick([222, 232, 248, 268, 198, 178]) + random.between(-8, 8)
  const dusk = hue + random.pick([95, 120, 140, -150])
  const moon = {
    x: random.between(0.58, 0.88) * width,
    y: random.between(0.18, 0.36) * height,
    radius: random.between(44, 84),
  }
  const ridges = Array.from({ length: RIDGES }, (_, index) => ridge(random, hue, index))
  const svg = [
    `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${hsl(hue, 62, 11)}"/>`,
    `<stop offset="0.52" stop-color="${hsl(hue, 46, 26)}"/><stop offset="0.78" stop-color="${hsl(dusk, 42, 46)}"/></linearGradient>`,
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    stars(random),
    halo(moon),
    ...ridges,
  ].join('')
  return {
    svg,
    type: {
      family: 'Fraunces',
      ink: hsl(44, 60, 95),
      quietInk: hsl(hue, 40, 80),
      left: 72,
      top: 68,
      width: 720,
      height: 480,
      align: 'top',
      largest: 84,
    },
  }
}

function stars(random: SeededRandom): string {
  return Array.from({ length: 130 }, () => {
    const bright = random.chance(0.07)
    const y = random.between(0, 1) ** 1.6 * height * 0.62
    return `<circle cx="${px(random.between(0, width))}" cy="${px(y)}" r="${bright ? 1.9 : px(random.between(0.5, 1.2))}" fill="#fff" fill-opacity="${bright ? 0.95 : px(random.between(0.2, 0.7))}"/>`
  }).join('')
}

function halo({ x, y, radius }: { x: number; y: number; radius: number }): string {
  return [
    `<radialGradient id="halo"><stop offset="0" stop-color="#fff7df" stop-opacity="0.55"/><stop offset="0.3" stop-color="#fff1cc" stop-opacity="0.2"/>`,
    `<stop offset="1" stop-color="#fff1cc" stop-opacity="0"/></radialGradient>`,
    `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius * 3.6)}" fill="url(#halo)"/>`,
    `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" fill="#fff6dd"/>`,
    `<circle cx="${px(x - radius * 0.3)}" cy="${px(y - radius * 0.22)}" r="${px(radius * 0.2)}" fill="#efe2bf" fill-opacity="0.7"/>`,
    `<circle cx="${px(x + radius * 0.34)}" cy="${px(y + radius * 0.3)}" r="${px(radius * 0.13)}" fill="#efe2bf" fill-opacity="0.6"/>`,
  ].join('')
}

function ridge(random: SeededRandom, hue: number, index: number): string {
  const nearness = index / (RIDGES - 1)
  const base = (0.56 + nearness * 0.36) * height
  const profile = displace(random, 60 + (1 - nearness) * 50)
  const step = width / (profile.length - 1)
  const points = profile.map((rise, at) => `L${px(at * step)} ${px(base - rise)}`).join('')
  const color = hsl(hue + (1 - nearness) * 18, 34 + nearness * 22, 38 - nearness * 33)
  return `<path d="M0 ${height}${points}L${width} ${height}Z" fill="${color}"/>`
}

/** A mountain's outline by midpoint displacement: halves a line and lifts its middle, again and again. */
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
