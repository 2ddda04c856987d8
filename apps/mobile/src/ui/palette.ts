import { COLORS, type Scheme } from '@tollgate/brand'
import { useScheme } from './use-scheme.ts'

/** The brand's colors in one scheme, by purpose. */
export type Palette = ReturnType<typeof paletteOf>

/** The colors of the device's scheme. */
export function usePalette(): Palette {
  return PALETTES[useScheme()]
}

function paletteOf(scheme: Scheme) {
  return {
    ground: COLORS.canvas[scheme],
    card: COLORS.surface[scheme],
    line: COLORS.line[scheme],
    /** The border of buttons and inputs. */
    edge: COLORS.lineStrong[scheme],
    text: COLORS.ink[scheme],
    quiet: COLORS.muted[scheme],
    accent: COLORS.accent[scheme],
    onAccent: COLORS.onAccent[scheme],
    ok: COLORS.accent[scheme],
    warning: COLORS.warn[scheme],
    danger: COLORS.danger[scheme],
  }
}

const PALETTES = { light: paletteOf('light'), dark: paletteOf('dark') }
