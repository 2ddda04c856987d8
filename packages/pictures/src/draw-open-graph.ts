import { drawCard } from './draw-card.ts'

/** Draws the preview image of shared links to the Studio or its documentation: one of our own cards. */
export async function drawOpenGraph(): Promise<Buffer> {
  const { png } = await drawCard({
    title: 'Know what every click costs',
    subtitle: 'Tollgate · metered operations over tRPC',
    style: 'night',
    size: 'landscape',
    seed: 7,
    hd: false,
    signal: new AbortController().signal,
  })
  return png
}
