import { z } from 'zod'
import { publicProcedure } from '../trpc.ts'

/** What writes the summaries. */
export const modelInfo = z.object({
  kind: z.enum(['extractive', 'provider']),
  name: z.string(),
})

/** What writes the summaries of this server, so that a screen can say so before anything is paid. */
export const model = publicProcedure.output(modelInfo).query(({ ctx }) => {
  const { kind, name } = ctx.models.text
  return { kind, name }
})
