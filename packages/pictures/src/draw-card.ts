import { renderAsync } from '@resvg/resvg-js'
import { CANVASES, type Card, type CardStyle, type DrawScene } from './card.ts'
import { drawAurora } from './draw-aurora.ts'
import { drawNight } from './draw-night.ts'
import { drawPaper } from './draw-paper.ts'
import { encodePng } from './encode-png.ts'
import { plainText } from './plain-text.ts'
import { renderText } from './render-text.ts'
import { seededRandom } from './seeded-random.ts'

const SCENES: Record<CardStyle, DrawScene> = {
  aurora: drawAurora,
  paper: drawPaper,
  night: drawNight,
}

/** Draws a card. Equal cards give identical bytes. */
export async function drawCard(
  card: Card & { hd: boolean; signal: AbortSignal },
): Promise<{ png: Buffer; width: number; height: number }> {
  const { title, subtitle, style, size, seed, hd, signal } = card
  const canvas = CANVASES[size]
  const scene = SCENES[style](seededRandom(style, String(seed)), canvas)
  const text = await renderText(scene.type, canvas, {
    title: plainText(title),
    subtitle: plainText(subtitle ?? ''),
  })
  signal.throwIfAborted()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvas.width} ${canvas.height}">${scene.svg}${text}</svg>`
  // Rendering runs on another thread, so that it blocks no other call.
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: hd ? canvas.width * 2 : canvas.width },
    font: { loadSystemFonts: false },
  })
  const { pixels, width, height } = image
  return { png: await encodePng({ pixels, width, height }), width, height }
}
