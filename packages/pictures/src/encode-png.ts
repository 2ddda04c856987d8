import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { constants } from 'node:zlib'
import { PNG } from 'pngjs'

/** PNG's color type for RGB without transparency. */
const RGB = 2
/** PNG's row filter "up": these pictures change slowly from row to row, so it halves their size. */
const FILTER_UP = 2

/** Encodes opaque RGBA pixels, smaller than the renderer does: a stored result has a size limit. */
export async function encodePng(image: {
  pixels: Buffer
  width: number
  height: number
}): Promise<Buffer> {
  const { pixels, width, height } = image
  const png = new PNG({
    width,
    height,
    colorType: RGB,
    filterType: FILTER_UP,
    deflateLevel: 6,
    deflateStrategy: constants.Z_DEFAULT_STRATEGY,
  })
  png.data = pixels
  return buffer(png.pack().pipe(new PassThrough()))
}
