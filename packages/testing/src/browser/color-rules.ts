/** The rules that depend on the color scheme, which changes neither structure nor sizes nor names. */
export const COLOR_RULES = ['color-contrast', 'link-in-text-block'] as const
