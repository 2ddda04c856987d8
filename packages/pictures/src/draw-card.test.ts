import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { type Card, CARD_SIZES, CARD_STYLES, CANVASES } from './card.ts'
import { drawCard } from './draw-card.ts'

/** The largest result that our server stores, in bytes. */
const STORED_BYTES_MAX = 2 * 1_048_576
const { signal } = new AbortController()
const CARD: Card = {
  title: 'The sea',
  subtitle: null,
  style: 'paper',
  size: 'landscape',
  seed: 482_913,
}

function draw(card: Partial<Card> = {}, hd = false) {
  return drawCard({ ...CARD, ...card, hd, signal })
}

describe.each(CARD_STYLES)('a card in the style %s', (style) => {
  it('is the same to the byte for the same seed, and another one for another', async () => {
    const [first, again, other] = await Promise.all([
      draw({ style }),
      draw({ style }),
      draw({ style, seed: CARD.seed + 1 }),
    ])
    expect(again.png.equals(first.png)).toBe(true)
    expect(other.png.equals(first.png)).toBe(false)
  })

  it.each(CARD_SIZES)('fills the size %s with more than one color', async (size) => {
    const { png, width, height } = await draw({ style, size })
    const decoded = PNG.sync.read(png)
    expect({ width, height }).toEqual(CANVASES[size])
    expect(decoded).toMatchObject({ width, height })
    const colors = new Set<number>()
    for (let at = 0; at < decoded.data.length; at += 400) colors.add(decoded.data.readUInt32BE(at))
    expect(colors.size).toBeGreaterThan(4)
  })

  it('is twice as large in HD, and small enough to be stored in every size', async () => {
    const title = 'A toll keeper put a pebble aside before each cart came. '.repeat(9).slice(0, 500)
    for (const size of CARD_SIZES) {
      const large = await draw({ title, style, size }, true)
      expect(large.width).toBe(CANVASES[size].width * 2)
      expect(base64Length(large.png), size).toBeLessThan(STORED_BYTES_MAX * 0.9)
    }
  })
})

it('stops when its caller is gone', async () => {
  const gone = AbortSignal.abort()
  await expect(drawCard({ ...CARD, hd: true, signal: gone })).rejects.toThrow('aborted')
})

function base64Length(png: Buffer): number {
  return Math.ceil(png.length / 3) * 4
}
