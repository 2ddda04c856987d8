/** Where the unsent card is kept: the front door writes what the form reads after signing in. */
export const IMAGE_DRAFT = {
  prompt: 'images.prompt',
  style: 'images.style',
  hd: 'images.hd',
} as const
