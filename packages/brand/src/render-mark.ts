import { MARK } from './mark.ts'

/** The mark as SVG in two colors, which may be custom properties where a style sheet has them. */
export function renderMark(options: {
  ground: string
  drawing: string
  attributes?: string
}): string {
  const { ground, drawing, attributes = 'xmlns="http://www.w3.org/2000/svg"' } = options
  const { size, radius, post, arm } = MARK
  return `<svg ${attributes} viewBox="0 0 ${size} ${size}">
  <rect width="${size}" height="${size}" rx="${radius}" fill="${ground}" />
  <rect x="${post.x}" y="${post.y}" width="${post.width}" height="${post.height}" rx="${post.radius}" fill="${drawing}" />
  <path d="${arm}" fill="${drawing}" />
</svg>
`
}
