import { z } from 'zod'
import { publicProcedure } from '../trpc.ts'

/** The model that writes summaries. */
export const modelInfo = z.object({
  kind: z.enum(['extractive', 'provider']),
  name: z.string(),
})

/** The model that writes this server's summaries, so that a screen can name it before anything is paid. */
export const model = publicProcedure.output(modelInfo).query(({ ctx }) => {
  const { kind, name } = ctx.models.text
  return { kind, name }
})
