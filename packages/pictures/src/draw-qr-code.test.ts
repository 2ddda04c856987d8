import { Resvg } from '@resvg/resvg-js'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { drawQrCode, fitsQrCode, isScannable, type QrCode } from './draw-qr-code.ts'

const CODE: QrCode = {
  text: 'https://example.com/launch?from=card',
  foreground: '#000000',
  background: '#ffffff',
  logo: null,
}

async function scan(code: Partial<QrCode>): Promise<string | undefined> {
  const { png } = await drawQrCode({ ...CODE, ...code })
  const { data, width, height } = PNG.sync.read(png)
  return jsqr.default(Uint8ClampedArray.from(data), width, height)?.data
}

function redLogo(): string {
  const logo = new PNG({ width: 8, height: 8 })
  for (let at = 0; at < logo.data.length; at += 4) logo.data.set([200, 20, 20, 255], at)
  return `data:image/png;base64,${PNG.sync.write(logo).toString('base64')}`
}

describe('a QR code', () => {
  it.each<[string, Partial<QrCode>]>([
    ['in black on white', {}],
    ['in the palest colors that are accepted', { foreground: '#2f6fed', background: '#fff3d6' }],
    ['with a logo', { logo: redLogo() }],
    ['with a logo and the longest text', { logo: redLogo(), text: 'x'.repeat(500) }],
    ['with letters beyond Latin', { text: '日本の海と灯台' }],
  ])('%s is read by a scanner', async (_name, code) => {
    expect(isScannable({ ...CODE, ...code })).toBe(true)
    expect(await scan(code)).toBe(code.text ?? CODE.text)
  })

  it.each(['a', CODE.text, 'x'.repeat(2331)])(
    'of "%.40s" has the same pixels as a PNG as when its SVG is drawn',
    async (text) => {
      const { svg, png } = await drawQrCode({ ...CODE, text, foreground: '#14213d' })
      const { data, width } = PNG.sync.read(png)
      const drawn = new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render()
      expect(width).toBeGreaterThanOrEqual(1024)
      expect(Buffer.compare(data, drawn.pixels)).toBe(0)
    },
  )

  it('has its colors and its logo in the SVG as well', async () => {
    const logo = redLogo()
    const { svg } = await drawQrCode({ ...CODE, foreground: '#14213d', logo })
    expect(svg).toContain('#14213d')
    expect(svg).toContain(logo)
  })
})

it.each([
  ['#000000', '#ffffff', true],
  ['#ffffff', '#000000', false],
  ['#ffcc00', '#ffffff', false],
  ['#767676', '#ffffff', true],
])('%s on %s is scannable: %s', (foreground, background, scannable) => {
  expect(isScannable({ foreground, background })).toBe(scannable)
})

it('holds fewer bytes with a logo', () => {
  expect(fitsQrCode({ text: '海'.repeat(777), logo: null })).toBe(true)
  expect(fitsQrCode({ text: '海'.repeat(778), logo: null })).toBe(false)
  expect(fitsQrCode({ text: '海'.repeat(167), logo: 'data:' })).toBe(false)
})
