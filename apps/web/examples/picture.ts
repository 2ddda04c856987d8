import type { Card } from '../src/features/images/card.ts'

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><defs><linearGradient id="a" x2="1" y2="1"><stop stop-color="#0b6b4f"/><stop offset=".6" stop-color="#3b3fa8"/><stop offset="1" stop-color="#101a3d"/></linearGradient></defs><rect width="1200" height="630" fill="url(#a)"/><path d="M0 420C200 330 380 470 600 390s420-90 600 0v240H0z" fill="#c6f5e0" opacity=".25"/><path d="M0 500c240-80 400 40 640-20s380-60 560 10v140H0z" fill="#c6f5e0" opacity=".3"/><circle cx="900" cy="170" r="70" fill="#f4fff9" opacity=".85"/></svg>`

const URL_OF_PICTURE = `data:image/svg+xml,${encodeURIComponent(SVG)}`

/** A picture that needs no server. */
export const PICTURE: Card = {
  mimeType: 'image/png',
  width: 1200,
  height: 630,
  url: URL_OF_PICTURE,
  dataUrl: URL_OF_PICTURE,
  prompt: 'A lighthouse in a paper sea, early morning',
  title: 'A lighthouse in a paper sea, early morning',
  subtitle: 'Doors open at nine',
  style: 'aurora',
  size: 'landscape',
  seed: 482_913,
}
