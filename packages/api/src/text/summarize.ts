import { streamOf } from '@tollgate/trpc'
import { z } from 'zod'
import { billedProcedure } from '../billed-procedure.ts'
import { countTokens } from './count-tokens.ts'
import { modelInfo } from './model.ts'
import { tokensAtLeast } from './tokens-at-least.ts'
import { tokensAtMost } from './tokens-at-most.ts'

/** A summary, piece by piece; costs the tokens that went in and came out. */
export const summarize = billedProcedure
  .input(
    z.object({
      text: z.string().trim().min(1).max(20_000),
      sentences: z.number().int().min(1).max(10).default(3),
    }),
  )
  .price({
    meter: 'ai_tokens',
    amount: { hold: { most: tokensAtMost, least: tokensAtLeast }, settle: 'reported' },
    example: { text: 'A toll is paid once. The gate opens. The road is long.', sentences: 1 },
    tool: 'Summarizes a text in a few sentences, in its own language.',
  })
  .output(
    streamOf(
      z.object({
        type: z.literal('delta'),
        text: z.string(),
        model: modelInfo.optional().describe('What writes the summary; in the first chunk'),
      }),
    ),
  )
  .mutation(async function* ({ input, ctx, signal, operation }) {
    const most = await tokensAtMost(input)
    const { kind, name } = ctx.models.text
    let isFirst = true
    let used = await countTokens(input.text)
    for await (const text of ctx.models.text.summarize({ ...input, signal, operation })) {
      used = Math.min(most, used + (await countTokens(text)))
      // Before the piece is sent, so that none is delivered unpaid; not before the first one, so that a model that fails costs nothing.
      operation.report(used)
      yield { type: 'delta', text, ...(isFirst ? { model: { kind, name } } : {}) } as const
      isFirst = false
    }
  })
