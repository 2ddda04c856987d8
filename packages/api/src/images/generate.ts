import { drawPicture, PICTURE_STYLES } from '@tollgate/pictures'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'
import { fileFields, fileResult } from '../results/address-file.ts'
import { dataUrl } from '../results/data-url.ts'

/** A picture of the prompt: the same prompt in the same style is always the same picture. */
export const generate = billedProcedure
  .input(
    z.object({
      prompt: z.string().trim().min(1).max(500),
      style: z.enum(PICTURE_STYLES).default('aurora'),
      hd: z.boolean().default(false),
    }),
  )
  .price({
    meter: 'image_generations',
    amount: 1,
    feature: ({ hd }) => (hd ? 'hd_images' : null),
    example: { prompt: 'A lighthouse in the fog', style: 'night' },
  })
  .output(
    z.object({
      mimeType: z.literal('image/png'),
      width: z.int(),
      height: z.int(),
      ...fileFields,
      prompt: z.string(),
      style: z.enum(PICTURE_STYLES),
    }),
  )
  .mutation(async ({ input: { prompt, style, hd }, signal }) => {
    const { png, width, height } = await drawPicture({ prompt, style, hd, signal })
    const mimeType = 'image/png' as const
    return { mimeType, width, height, ...fileResult(dataUrl(mimeType, png)), prompt, style }
  })
