import { catalog } from '@tollgate/contract/catalog'
import { z } from 'zod'
import { PICTURE_STYLES } from '../images/picture-style.ts'

const meter = z.enum(Object.keys(catalog.meters))

const receipt = z.object({
  operationId: z.string(),
  charges: z.array(z.object({ meter, amount: z.int() })),
  balances: z.array(z.looseObject({ meter, remaining: z.int(), version: z.int() })),
  replayed: z.boolean(),
  at: z.iso.datetime(),
})

/** What the billed procedures answer, for callers whose compiler cannot read ours; tested against real answers. */
export const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  'images.generate': z.object({
    mimeType: z.literal('image/png'),
    width: z.int(),
    height: z.int(),
    url: z.string().meta({
      description: 'Where the picture is, below the address of the server, for its buyer',
    }),
    dataUrl: z.string().meta({ deprecated: true }),
    prompt: z.string(),
    style: z.enum(PICTURE_STYLES),
  }),
  'text.summarize': z.array(
    z.union([
      z.object({ type: z.literal('delta'), text: z.string() }),
      z.object({ type: z.literal('receipt'), receipt }),
    ]),
  ),
  'tools.qrCode': z.object({ svg: z.string() }),
}
