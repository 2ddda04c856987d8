import { COLORS, FONTS, RADII, TEXT_SIZES } from './tokens.ts'

const PX_PER_REM = 16

/** The tokens as custom properties of the root: `--line-strong`, `--card-radius`, `--body-size`, `--sans`. */
export function renderCss(): string {
  const colors = Object.entries(COLORS).map(
    ([name, { light, dark }]) => [kebab(name), `light-dark(${light}, ${dark})`] as const,
  )
  const radii = Object.entries(RADII).map(([name, size]) => [`${name}-radius`, rem(size)] as const)
  const sizes = Object.entries(TEXT_SIZES).map(
    ([name, size]) => [`${name}-size`, rem(size)] as const,
  )
  const lines = [...colors, ...radii, ...sizes, ...Object.entries(FONTS)].map(
    ([name, value]) => `  --${name}: ${value};`,
  )
  return `:root {\n  color-scheme: light dark;\n${lines.join('\n')}\n}\n`
}

function rem(pixels: number): string {
  return `${pixels / PX_PER_REM}rem`
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
