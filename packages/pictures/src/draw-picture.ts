import { renderAsync } from '@resvg/resvg-js'
import { drawAurora } from './draw-aurora.ts'
import { drawNight } from './draw-night.ts'
import { drawPaper } from './draw-paper.ts'
import { encodePng } from './encode-png.ts'
import { CANVAS, type DrawScene, type PictureStyle } from './picture-style.ts'
import { seededRandom } from './seeded-random.ts'
import { renderText } from './render-text.ts'

const SCENES: Record<PictureStyle, DrawScene> = {
  aurora: drawAurora,
  paper: drawPaper,
  night: drawNight,
}

/** Draws the picture of a prompt: a social card in its own colors. The same prompt and style give the same bytes. */
export async function drawPicture(options: {
  prompt: string
  style: PictureStyle
  hd: boolean
  signal: AbortSignal
}): Promise<{ png: Buffer; width: number; height: number }> {
  const { prompt, style, hd, signal } = options
  const random = seededRandom(style, prompt)
  const scene = SCENES[style](random)
  const words = await renderText(scene.type, {
    title: printable(prompt),
    caption: `Tollgate Studio  ·  ${style}  ·  ${random.name}`,
  })
  signal.throwIfAborted()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CANVAS.width} ${CANVAS.height}">${scene.svg}${words}</svg>`
  // Rendering runs on another thread, so that no other call waits for it.
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: hd ? CANVAS.width * 2 : CANVAS.width },
    font: { loadSystemFonts: false },
  })
  const { pixels, width, height } = image
  return { png: await encodePng({ pixels, width, height }), width, height }
}

/** The words our fonts have letters for; a prompt in another script is drawn without words, in its own colors. */
function printable(prompt: string): string {
  return prompt.replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/gu, ' ').trim()
}

const UNPRINTABLE =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Mn} -~\u00a1-\u00ff‐-—‘’“”„…•€™]/gu
