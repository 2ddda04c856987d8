import { CARD_SEEDS } from '@tollgate/contract'
import { CARD_SIZES, CARD_STYLES, findUndrawable, plainText } from '@tollgate/pictures'
import { z } from 'zod'
import { cannotDraw } from '../input-issues.ts'

/** The shape of a card. */
export const cardSize = z.enum(CARD_SIZES)

/** Selects one of the pictures of the card's style. */
export const cardSeed = z
  .int()
  .min(0)
  .max(CARD_SEEDS - 1)

/** The text and the look of a card. */
export const cardInput = z
  .object({
    title: cardText(200).optional().describe('What the card says'),
    /** @deprecated The same as `title`, for clients of 0.1. */
    prompt: cardText(500).optional().meta({ deprecated: true }),
    subtitle: cardText(200).or(z.literal('')).optional().describe('A smaller line below the title'),
    style: z.enum(CARD_STYLES).default('aurora'),
    size: cardSize.default('landscape').describe('The shape of the card; HD doubles it'),
    seed: cardSeed
      .optional()
      .describe('Another seed is another picture; by default one of the title'),
    hd: z.boolean().default(false),
  })
  .refine(({ title, prompt }) => (title ?? prompt) !== undefined, {
    message: 'A card needs a title.',
    path: ['title'],
  })

/** Characters that no font has are rejected here, before anything is charged. */
function cardText(max: number) {
  return z
    .string()
    .overwrite(plainText)
    .min(1)
    .max(max)
    .superRefine((text, { addIssue }) => {
      const characters = findUndrawable(text)
      if (characters.length > 0) addIssue(cannotDraw(characters))
    })
}
