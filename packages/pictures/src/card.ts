import type { SeededRandom } from './seeded-random.ts'

/** The styles of cards. */
export const CARD_STYLES = ['aurora', 'paper', 'night'] as const

/** One of them. */
export type CardStyle = (typeof CARD_STYLES)[number]

/** The sizes of cards. */
export const CARD_SIZES = ['landscape', 'square', 'story'] as const

/** One of them. */
type CardSize = (typeof CARD_SIZES)[number]

/** Their dimensions in pixels; HD doubles them. */
export const CANVASES: Record<CardSize, Canvas> = {
  landscape: { width: 1200, height: 630 },
  square: { width: 1080, height: 1080 },
  story: { width: 1080, height: 1920 },
}

/** Everything that determines how a card looks: equal cards give identical bytes. */
export type Card = {
  title: string
  subtitle: string | null
  style: CardStyle
  size: CardSize
  seed: number
}

/** The dimensions of a card's canvas in pixels. */
export type Canvas = { width: number; height: number }

/** What a style draws: SVG elements for the canvas, and the layout of the text. */
type Scene = { svg: string; type: Typography }

/** Where and how the text of a card is set. */
export type Typography = {
  family: 'Inter' | 'Fraunces'
  ink: string
  quietInk: string
  /** The color of the rule between title and subtitle. */
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

/** Draws the background of a style from its random numbers alone. */
export type DrawScene = (random: SeededRandom, canvas: Canvas) => Scene
