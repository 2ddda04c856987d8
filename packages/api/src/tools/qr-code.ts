import { drawQrCode, fitsQrCode, isScannable } from '@tollgate/pictures'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'
import { ownIssue } from '../input-issues.ts'
import { fileFields, fileResult } from '../results/address-file.ts'
import { dataUrl } from '../results/data-url.ts'

/** 64 KB in base64. */
const LOGO_LENGTH_MAX = 90_000
const color = z.string().regex(/^#[\da-f]{6}$/iu, 'is not a color like #1a2b3c')

const codeInput = z
  .object({
    text: z.string().min(1).max(1000),
    foreground: color.default('#000000'),
    background: color.default('#ffffff'),
    logo: z
      .string()
      .max(LOGO_LENGTH_MAX)
      .regex(
        /^data:image\/(?:png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/)[\w+/=]*$/u,
        'is not a PNG or JPEG as a data URL',
      )
      .optional()
      .describe('A PNG or JPEG of at most 64 KB as a data URL, drawn in the middle'),
  })
  .superRefine(({ text, logo = null, ...colors }, { addIssue }) => {
    if (!fitsQrCode({ text, logo })) {
      addIssue({ path: ['text'], ...ownIssue('too_long_for_code', TOO_LONG) })
    }
    if (!isScannable(colors)) {
      addIssue({ path: ['foreground'], ...ownIssue('low_contrast', LOW_CONTRAST) })
    }
  })

const TOO_LONG = 'is too long for a QR code in these characters'
const LOW_CONTRAST = 'is not dark enough on this background for scanners'

/** A QR code of any text in colors of its own, with a logo in its middle: as SVG, and as a PNG at `url`. */
export const qrCode = billedProcedure({
  meter: 'api_calls',
  amount: 1,
  tool: 'Draws a QR code of a text or an address, as SVG and as a file.',
  example: { text: 'https://example.com' },
})
  .input(codeInput)
  .output(z.object({ svg: z.string(), text: z.string(), ...fileFields }))
  .mutation(async ({ input: { logo = null, ...code } }) => {
    const { svg, png } = await drawQrCode({ ...code, logo })
    return { svg, text: code.text, ...fileResult(dataUrl('image/png', png)) }
  })
