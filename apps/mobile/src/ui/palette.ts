import { useColorScheme } from 'react-native'

/** The colours of one scheme; text on its ground has a contrast of at least 4.5 to 1. */
export type Palette = {
  ground: string
  card: string
  line: string
  text: string
  quiet: string
  accent: string
  onAccent: string
  ok: string
  warning: string
  danger: string
}

const light: Palette = {
  ground: '#f6f5f2',
  card: '#ffffff',
  line: '#dcd9d2',
  text: '#1c1b19',
  quiet: '#5d5a54',
  accent: '#3b4fd8',
  onAccent: '#ffffff',
  ok: '#1f7a4d',
  warning: '#8a5a00',
  danger: '#b3261e',
}

const dark: Palette = {
  ground: '#141416',
  card: '#1e1f23',
  line: '#36373d',
  text: '#f1f0ec',
  quiet: '#b3b1aa',
  accent: '#9aa7ff',
  onAccent: '#14163a',
  ok: '#6fd6a1',
  warning: '#f2bd5c',
  danger: '#ff9d94',
}

/** The colours of the scheme the device asks for. */
export function usePalette(): Palette {
  return useColorScheme() === 'dark' ? dark : light
}
