/** The styles a picture can be drawn in. */
export const IMAGE_STYLES = ['aurora', 'paper', 'night'] as const

export type ImageStyle = (typeof IMAGE_STYLES)[number]

/** Whether a stored word is one of the styles. */
export function isImageStyle(value: string): value is ImageStyle {
  return IMAGE_STYLES.some((style) => style === value)
}
