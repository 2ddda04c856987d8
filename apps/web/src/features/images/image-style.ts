/** The styles a picture can be drawn in. */
export const IMAGE_STYLES = ['aurora', 'paper', 'night'] as const

export type ImageStyle = (typeof IMAGE_STYLES)[number]
