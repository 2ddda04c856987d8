import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { drawPicture } from './draw-picture.ts'
import { PICTURE_STYLES, type PictureStyle } from './picture-style.ts'

/** What a result may weigh when it is stored. */
const STORED_BYTES_MAX = 1_048_576
const { signal } = new AbortController()

function draw(prompt: string, style: PictureStyle = 'paper', hd = false) {
  return drawPicture({ prompt, style, hd, signal })
}

describe.each(PICTURE_STYLES)('a picture in the style %s', (style) => {
  it('draws the same picture for the same prompt and another one for another', async () => {
    const [first, again, other] = await Promise.all([
      draw('The sea', style),
      draw('The sea', style),
      draw('The sea.', style),
    ])
    expect(again.png.equals(first.png)).toBe(true)
    expect(other.png.equals(first.png)).toBe(false)
  })

  it('draws a PNG that is not blank', async () => {
    const { png, width, height } = await draw('The sea', style)
    const decoded = PNG.sync.read(png)
    expect({ width, height }).toEqual({ width: 1200, height: 630 })
    expect(decoded).toMatchObject({ width, height })
    const colors = new Set<number>()
    for (let at = 0; at < decoded.data.length; at += 400) colors.add(decoded.data.readUInt32BE(at))
    expect(colors.size).toBeGreaterThan(4)
  })

  it('draws twice as large in HD, and small enough to be stored either way', async () => {
    const long = 'A toll keeper put a pebble aside before each cart came. '.repeat(9).slice(0, 500)
    const small = await draw(long, style)
    const large = await draw(long, style, true)
    expect([large.width, large.height]).toEqual([2400, 1260])
    expect(base64Length(small.png)).toBeLessThan(STORED_BYTES_MAX * 0.6)
    expect(base64Length(large.png)).toBeLessThan(STORED_BYTES_MAX * 0.9)
  })
})

it('renders the words of the prompt', async () => {
  const { png } = await draw('The sea')
  const { data, width } = PNG.sync.read(png)
  const paper = data.readUInt32BE(0)
  let inked = 0
  for (let y = 64; y < 300; y += 2) {
    for (let x = 64; x < 500; x += 2)
      inked += data.readUInt32BE((y * width + x) * 4) === paper ? 0 : 1
  }
  expect(inked).toBeGreaterThan(300)
})

it.each(['日本の海', '🌙🌙', 'x'.repeat(500), 'Ночной маяк', '<script>&amp;"', 'a\u0000b\nc'])(
  'draws %j too',
  async (prompt) => {
    expect((await draw(prompt)).png.length).toBeGreaterThan(5000)
  },
)

it('stops when its caller is gone', async () => {
  const gone = AbortSignal.abort()
  await expect(
    drawPicture({ prompt: 'The sea', style: 'night', hd: true, signal: gone }),
  ).rejects.toThrow('aborted')
})

function base64Length(png: Buffer): number {
  return Math.ceil(png.length / 3) * 4
}
