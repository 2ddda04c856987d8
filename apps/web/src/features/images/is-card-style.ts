import { CARD_STYLES, type CardStyle } from '@tollgate/contract/copy'

/** Whether a stored text is one of the styles. */
export function isCardStyle(value: string): value is CardStyle {
  return CARD_STYLES.some((style) => style === value)
}
