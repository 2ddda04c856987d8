import { expect, it } from 'vitest'
import { nameOfProcedure } from './name-of-procedure.ts'

it.each([
  ['images.generate', 'Image'],
  ['text.summarize', 'Summary'],
  ['tools.qrCode', 'QR code'],
  ['maps.draw', 'maps.draw'],
])('lists %s as %s', (path, name) => {
  expect(nameOfProcedure(path)).toBe(name)
})
