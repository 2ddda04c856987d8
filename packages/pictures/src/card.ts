import type { SeededRandom } from './seeded-random.ts'

/** The looks a card can have. */
export const CARD_STYLES = ['aurora', 'paper', 'night'] as const

/** One of them. */
export type CardStyle = (typeof CARD_STYLES)[number]

/** The shapes a card can have. */
export const CARD_SIZES = ['landscape', 'square', 'story'] as const

/** One of them. */
type CardSize = (typeof CARD_SIZES)[number]

/** Their pixels; HD doubles them. */
export const CANVASES: Record<CardSize, Canvas> = {
  landscape: { width: 1200, height: 630 },
  square: { width: 1080, height: 1080 },
  story: { width: 1080, height: 1920 },
}

/** Everything that decides how a card looks: equal cards are equal to the byte. */
export type Card = {
  title: string
  subtitle: string | null
  style: CardStyle
  size: CardSize
  seed: number
}

/** What a card is drawn on. */
export type Canvas = { width: number; height: number }

/** What a style draws: SVG elements for the canvas, and how the text stands on it. */
type Scene = { svg: string; type: Typography }

/** Where and how the text of a card is set. */
export type Typography = {
  family: 'Inter' | 'Fraunces'
  ink: string
  quietInk: string
  /** Of the rule between title and subtitle. */
  accent: string
  /** The box that the text fills. */
  left: number
  top: number
  width: number
  height: number
  align: 'top' | 'bottom'
  /** The font size of short titles, in pixels. */
  largest: number
}

/** Draws the background of a style by its random numbers alone. */
export type DrawScene = (random: SeededRandom, canvas: Canvas) => Scene
