import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

/** A grid of squares in two colors, `scale` pixels wide each. */
export type TwoColorPicture = {
  /** The number of rows, and of squares in each. */
  size: number
  /** Whether a square has the foreground's color. */
  isDark: (row: number, column: number) => boolean
  scale: number
  /** A # and six hexadecimal digits. */
  foreground: string
  background: string
}

/** Encodes it with one bit per pixel, on zlib's threads: encoding a renderer's pixels blocks the event loop for 20 ms. */
export async function encodeTwoColorPng(picture: TwoColorPicture): Promise<Buffer> {
  const { size, scale, foreground, background } = picture
  const width = size * scale
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  header.set([1, PALETTE, 0, 0, 0], 8)
  const palette = Buffer.from(`${background}${foreground}`.replaceAll('#', ''), 'hex')
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', await promisify(deflate)(linesOf(picture))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** PNG's color type for indices into a palette. */
const PALETTE = 3
/** PNG's row filter "up": zeros repeat the line above. */
const FILTER_UP = 2

/** The first line of each row of squares in bits, followed by copies of it. */
function linesOf({ size, scale, isDark }: TwoColorPicture): Buffer {
  const stride = 1 + Math.ceil((size * scale) / 8)
  const lines = Buffer.alloc(stride * size * scale)
  for (let row = 0; row < size; row += 1) {
    const start = row * scale * stride
    for (let x = 0; x < size * scale; x += 1) {
      if (!isDark(row, Math.floor(x / scale))) continue
      const at = start + 1 + (x >> 3)
      lines[at] = (lines[at] ?? 0) | (0x80 >> (x & 7))
    }
    for (let copy = 1; copy < scale; copy += 1) lines[start + copy * stride] = FILTER_UP
  }
  return lines
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
