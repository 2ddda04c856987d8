import type { SeededRandom } from './seeded-random.ts'

/** The looks a picture can have. */
export const PICTURE_STYLES = ['aurora', 'paper', 'night'] as const

/** One of them. */
export type PictureStyle = (typeof PICTURE_STYLES)[number]

/** Every picture is drawn on this canvas; double resolution is the same drawing, rendered larger. */
export const CANVAS = { width: 1200, height: 630 } as const

/** What a style draws: SVG elements for the canvas, and how the words stand on it. */
type Scene = { svg: string; type: Typography }

/** Where and how the words of a picture are set. */
export type Typography = {
  family: 'Inter' | 'Fraunces'
  ink: string
  quietInk: string
  /** The box the words fill. */
  left: number
  top: number
  width: number
  height: number
  align: 'top' | 'bottom'
  /** Letters of the shortest prompts, in pixels. */
  largest: number
}

/** Draws a style from its dice alone. */
export type DrawScene = (random: SeededRandom) => Scene
