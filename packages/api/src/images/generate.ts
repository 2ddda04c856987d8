import { defaultCardSeed } from '@tollgate/contract'
import { CARD_STYLES, drawCard } from '@tollgate/pictures'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'
import { fileFields, fileResult } from '../results/address-file.ts'
import { dataUrl } from '../results/data-url.ts'
import { cardInput, cardSeed, cardSize } from './card-input.ts'

const cardOutput = z.object({
  mimeType: z.literal('image/png'),
  width: z.int(),
  height: z.int(),
  ...fileFields,
  /** @deprecated The same as `title`. */
  prompt: z.string().meta({ deprecated: true }),
  title: z.string(),
  subtitle: z.string().nullable(),
  style: z.enum(CARD_STYLES),
  size: cardSize,
  seed: cardSeed,
})

/** A launch card: title, subtitle, style, size and seed decide every pixel, and the same card is charged once. */
export const generate = billedProcedure
  .input(cardInput)
  .output(cardOutput)
  .price({
    meter: 'image_generations',
    amount: 1,
    feature: ({ hd }) => (hd ? 'hd_images' : null),
    chargeOnce: { result: cardId },
    tool: 'Draws a launch card, an image with a title and a subtitle, and returns the address of its file.',
    example: { title: 'A lighthouse in the fog', subtitle: 'Opens on Friday', style: 'night' },
  })
  .mutation(async ({ input, signal }) => {
    const { prompt = '', title = prompt, subtitle = '', style, size, hd } = input
    const seed = input.seed ?? defaultCardSeed({ title, style })
    const card = { title, subtitle: subtitle || null, style, size, seed }
    const { png, width, height } = await drawCard({ ...card, hd, signal })
    const mimeType = 'image/png' as const
    return {
      mimeType,
      width,
      height,
      ...fileResult(dataUrl(mimeType, png)),
      prompt: title,
      ...card,
    }
  })

/** What identifies a card. */
function cardId(card: z.output<typeof cardOutput>): string {
  const { title, subtitle, style, size, seed, width } = card
  return JSON.stringify([title, subtitle, style, size, seed, width])
}
