/** The looks a card can have. */
export const CARD_STYLES = ['aurora', 'paper', 'night'] as const

export type CardStyle = (typeof CARD_STYLES)[number]

/** The shapes a card can have. */
export const CARD_SIZES = ['landscape', 'square', 'story'] as const

export type CardSize = (typeof CARD_SIZES)[number]

/** Their sizes in pixels; HD doubles them. */
export const CARD_PIXELS: Record<CardSize, { width: number; height: number }> = {
  landscape: { width: 1200, height: 630 },
  square: { width: 1080, height: 1080 },
  story: { width: 1080, height: 1920 },
}
