/** The barrier, a post and a striped arm, on a grid of 32. */
export const MARK = {
  size: 32,
  radius: 9,
  post: { x: 6, y: 7, width: 4, height: 18, radius: 2 },
  arm: 'M10 11.5h4.2l-3 5H10zm6.4 0h4.2l-3 5h-4.2zm6.4 0H26v1.6l-2 3.4h-4.2z',
} as const
