/** Where the unsent card is kept: the front door writes what the form reads after signing in. */
export const IMAGE_DRAFT = {
  prompt: 'images.prompt',
  subtitle: 'images.subtitle',
  style: 'images.style',
  size: 'images.size',
  seed: 'images.seed',
  hd: 'images.hd',
} as const
