/** The rules that another color scheme can break: it changes neither structure nor sizes nor names. */
export const COLOR_RULES = ['color-contrast', 'link-in-text-block'] as const
