/**
 * Every color of the product in both schemes, as sRGB because React Native reads nothing else. Text is `ink`, `muted`,
 * `accent`, `warn` or `danger`; backgrounds are `canvas`, `surface`, `sunken` and the `…Soft` colors.
 */
export const COLORS = {
  canvas: { light: '#f7faf8', dark: '#0d1210' },
  surface: { light: '#ffffff', dark: '#151b18' },
  sunken: { light: '#eff4f1', dark: '#080d0b' },
  ink: { light: '#16211c', dark: '#ecf0ee' },
  muted: { light: '#545f5a', dark: '#a2aca7' },
  line: { light: '#dce1de', dark: '#2b322f' },
  lineStrong: { light: '#7f8984', dark: '#6c7872' },
  accent: { light: '#006749', dark: '#5cd9a5' },
  accentStrong: { light: '#00533a', dark: '#80eaba' },
  onAccent: { light: '#ffffff', dark: '#031b13' },
  accentSoft: { light: '#e1f6ec', dark: '#152d24' },
  warn: { light: '#8f5300', dark: '#f3be55' },
  warnBar: { light: '#c47800', dark: '#eeb23d' },
  warnSoft: { light: '#fef2d9', dark: '#362712' },
  danger: { light: '#b02b27', dark: '#ff9a92' },
  dangerBar: { light: '#d33c33', dark: '#f46f64' },
  dangerSoft: { light: '#ffefed', dark: '#3c201d' },
  shadow: { light: '#1d322812', dark: '#00000066' },
} as const satisfies Record<string, Record<Scheme, string>>

export type Scheme = 'light' | 'dark'

export type ColorName = keyof typeof COLORS

/** Corner radii in pixels. */
export const RADII = { control: 10, card: 16 } as const

/** The type scale in pixels. */
export const TEXT_SIZES = { small: 13, body: 15, lead: 17, heading: 24, display: 44 } as const

/** Font stacks. Geist is loaded only on pages heavy enough to justify it; elsewhere the system font is close enough. */
export const FONTS = {
  sans: "Geist, ui-sans-serif, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
  mono: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace",
} as const
