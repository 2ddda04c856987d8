import { toString } from 'qrcode'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'

/** What the largest code of error correction level M can carry. */
const QR_BYTES_MAX = 2331

/** A QR code of any text, as SVG. */
export const qrCode = billedProcedure({
  meter: 'api_calls',
  amount: 1,
  example: { text: 'https://example.com' },
})
  .input(
    z.object({
      text: z.string().min(1).max(1000).refine(fits, 'too long for a QR code in these characters'),
    }),
  )
  .output(z.object({ svg: z.string() }))
  .mutation(async ({ input }) => ({
    svg: await toString(input.text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
  }))

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= QR_BYTES_MAX
}
