export { MARK } from './mark.ts'
export { type ColorName, COLORS, FONTS, RADII, type Scheme, TEXT_SIZES } from './tokens.ts'
export { renderCss } from './render-css.ts'
export { renderMark } from './render-mark.ts'
