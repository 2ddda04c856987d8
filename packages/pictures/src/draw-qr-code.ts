import { renderAsync } from '@resvg/resvg-js'
import { create, toString } from 'qrcode'
import { encodeTwoColorPng } from './encode-two-color-png.ts'

/** A QR code to draw; colors as six hexadecimal digits. */
export type QrCode = {
  text: string
  foreground: string
  background: string
  /** A PNG or JPEG as a data URL, drawn in the middle. */
  logo: string | null
}

/** The minimum width of a PNG, in pixels. */
const PNG_WIDTH = 1024
/** With a logo, the strongest error correction restores what the logo covers. */
const LEVELS = { plain: 'M', logo: 'H' } as const
/** The bytes that the largest code holds; with a logo, as many as phones can still scan. */
const BYTES_MAX = { plain: 2331, logo: 500 }
/** Level H restores up to 30 % of the area; a logo covers 5 %. */
const LOGO_WIDTH = 0.22

/** Modules of the quiet zone around the code. */
const MARGIN = 4

/** Draws a QR code as SVG and as PNG. */
export async function drawQrCode(code: QrCode): Promise<{ svg: string; png: Buffer }> {
  const { text, foreground, background, logo } = code
  const errorCorrectionLevel = LEVELS[logo ? 'logo' : 'plain']
  const plain = await toString(text, {
    type: 'svg',
    errorCorrectionLevel,
    margin: MARGIN,
    color: { dark: foreground, light: background },
  })
  // A whole number of pixels per module, so that none is blurred.
  const size = sizeOf(plain)
  const scale = Math.ceil(PNG_WIDTH / size)
  if (logo) {
    const svg = withLogo(plain, { background, logo })
    const image = await renderAsync(svg, { fitTo: { mode: 'width', value: size * scale } })
    return { svg, png: image.asPng() }
  }
  const { modules } = create(text, { errorCorrectionLevel })
  const isDark = (row: number, column: number) => {
    const [y, x] = [row - MARGIN, column - MARGIN]
    const isInside = y >= 0 && x >= 0 && y < modules.size && x < modules.size
    return isInside && modules.get(y, x) === 1
  }
  const png = await encodeTwoColorPng({ size, scale, isDark, foreground, background })
  return { svg: plain, png }
}

/** Whether a text fits the largest code. */
export function fitsQrCode({ text, logo }: Pick<QrCode, 'text' | 'logo'>): boolean {
  return Buffer.byteLength(text) <= BYTES_MAX[logo ? 'logo' : 'plain']
}

/**
 * Whether scanners read these colors: dark on light, with a difference in reflectance of 55 %, which ISO/IEC 15415 grades as
 * good.
 */
export function isScannable({
  foreground,
  background,
}: Pick<QrCode, 'foreground' | 'background'>): boolean {
  return luminance(background) - luminance(foreground) >= 0.55
}

function luminance(color: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Puts the logo in the middle, on a square of the background color. */
function withLogo(svg: string, { background, logo }: { background: string; logo: string }): string {
  const size = sizeOf(svg)
  const width = Math.round(size * LOGO_WIDTH)
  const at = (size - width) / 2
  const square = `<rect x="${at}" y="${at}" width="${width}" height="${width}" rx="1" fill="${background}"/>`
  const inner = width - 1.5
  const image = `<image x="${at + 0.75}" y="${at + 0.75}" width="${inner}" height="${inner}" href="${logo}" shape-rendering="auto"/>`
  return svg.replace('</svg>', `${square}${image}</svg>`)
}

/** The width of a code in modules, its margin included. */
function sizeOf(svg: string): number {
  return Number(/viewBox="0 0 (\d+)/u.exec(svg)?.[1])
}
