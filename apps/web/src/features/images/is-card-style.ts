import { CARD_STYLES, type CardStyle } from '@tollgate/contract/copy'

/** Whether a stored word is one of the styles. */
export function isCardStyle(value: string): value is CardStyle {
  return CARD_STYLES.some((style) => style === value)
}
