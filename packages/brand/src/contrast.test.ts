import { describe, expect, it } from 'vitest'
import { type ColorName, COLORS, type Scheme } from './tokens.ts'

const SCHEMES: readonly Scheme[] = ['light', 'dark']
/** WCAG 2.2: 1.4.3 for text, 1.4.11 for bars, borders and focus rings. */
const LEAST = { text: 4.5, shape: 3 }

const PAGES = ['canvas', 'surface', 'sunken'] as const
const TEXTS: readonly [ColorName, readonly ColorName[]][] = [
  ['ink', [...PAGES, 'accentSoft', 'warnSoft', 'dangerSoft']],
  ['muted', [...PAGES, 'accentSoft', 'warnSoft', 'dangerSoft']],
  ['accent', [...PAGES, 'accentSoft']],
  ['accentStrong', [...PAGES, 'accentSoft']],
  ['warn', [...PAGES, 'warnSoft']],
  ['danger', [...PAGES, 'dangerSoft']],
  ['onAccent', ['accent', 'accentStrong']],
]
const SHAPES: readonly [ColorName, readonly ColorName[]][] = [
  ['lineStrong', PAGES],
  ['accent', PAGES],
  ['warnBar', ['surface']],
  ['dangerBar', ['surface']],
]

describe.each(SCHEMES)('in the %s scheme', (scheme) => {
  it.each(pairs(TEXTS))('%s is readable on %s', (text, ground) => {
    expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(LEAST.text)
  })

  it.each(pairs(SHAPES))('%s stands out from %s', (shape, ground) => {
    expect(contrast(shape, ground, scheme)).toBeGreaterThanOrEqual(LEAST.shape)
  })
})

it('measures contrast as WCAG does', () => {
  expect(ratio(luminance('#000000'), luminance('#ffffff'))).toBe(21)
  expect(ratio(luminance('#777777'), luminance('#ffffff'))).toBeCloseTo(4.48, 2)
})

function pairs(table: readonly [ColorName, readonly ColorName[]][]): [ColorName, ColorName][] {
  return table.flatMap(([front, grounds]) =>
    grounds.map((ground): [ColorName, ColorName] => [front, ground]),
  )
}

function contrast(front: ColorName, ground: ColorName, scheme: Scheme): number {
  return ratio(luminance(COLORS[front][scheme]), luminance(COLORS[ground][scheme]))
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
