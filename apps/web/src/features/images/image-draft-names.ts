/** The storage keys of the unsent card: the landing page writes what the form reads after sign-in. */
export const IMAGE_DRAFT = {
  prompt: 'images.prompt',
  subtitle: 'images.subtitle',
  style: 'images.style',
  size: 'images.size',
  seed: 'images.seed',
  hd: 'images.hd',
} as const
