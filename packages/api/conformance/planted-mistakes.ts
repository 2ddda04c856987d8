import { BILLED, COMPILER_MISTAKES } from './compiler-mistakes.ts'

/** One possible mistake, the file it would be in, what detects it, and the words that say how to fix it. */
export type PlantedMistake = {
  mistake: string
  stoppedBy: 'compiler' | 'linter'
  file: string
  code: string
  says: string
}

const LINTER: Omit<PlantedMistake, 'stoppedBy'>[] = [
  {
    mistake: 'something that costs, never awaited',
    file: 'packages/api/src/text/unawaited.ts',
    code: "import { freeProcedure } from '../trpc.ts'\nexport const planted = freeProcedure('planted').mutation(({ ctx }) => {\n  ctx.metering.sync(ctx.customer)\n})\n",
    says: 'Promises must be awaited',
  },
  {
    mistake: "a direct call of Flowglad's SDK",
    file: 'packages/api/src/text/direct-sdk.ts',
    code: "import { FlowgladServer } from '@flowglad/nextjs/server'\nexport const planted = new FlowgladServer({ apiKey: 'x' })\n",
    says: 'Take the BillingBackend port',
  },
  {
    mistake: 'a usage event by hand',
    file: 'packages/api/src/text/own-event.ts',
    code: 'export const planted = (billing: { createUsageEvent(event: { amount: number }): Promise<void> }) =>\n  billing.createUsageEvent({ amount: 1 })\n',
    says: 'billedProcedure({ meter, amount, example })',
  },
  {
    mistake: 'a random transaction id',
    file: 'packages/api/src/text/random-id.ts',
    code: "import { randomUUID } from 'node:crypto'\nexport const planted = { transactionId: randomUUID() }\n",
    says: 'Let metering settle the operation',
  },
  {
    mistake: "a transaction id made of the client's header",
    file: 'packages/api/src/text/client-id.ts',
    code: "export const planted = (headers: Headers) => ({ transactionId: `req_${headers.get('x-request-id')}` })\n",
    says: 'Let metering settle the operation',
  },
  {
    mistake: 'a mutation without a price',
    file: 'packages/api/src/text/unpriced.ts',
    code: "import { protectedProcedure } from '../trpc.ts'\nexport const planted = protectedProcedure.mutation(() => 'for nothing')\n",
    says: 'Start from billedProcedure({ meter, amount, example })',
  },
  {
    mistake: 'a cost that the client sends',
    file: 'packages/api/src/text/client-cost.ts',
    code: `${BILLED}export const planted = billedProcedure\n  .input(z.object({ cost: z.number() }))\n  .price({ meter: 'ai_tokens', amount: ({ cost }) => cost, example: { cost: 1 } })\n  .mutation(() => 1)\n`,
    says: 'Compute the amount from what the work will do',
  },
  {
    mistake: "the server's code in the browser",
    file: 'apps/web/src/planted.ts',
    code: "import { appRouter } from '@tollgate/api'\nexport const planted = appRouter\n",
    says: 'Write `import type`',
  },
]

/** What the compiler and the linter must reject. */
export const PLANTED_MISTAKES: PlantedMistake[] = [
  ...COMPILER_MISTAKES.map((mistake, index) => ({
    ...mistake,
    stoppedBy: 'compiler' as const,
    file: `packages/api/src/text/planted-${index}.ts`,
  })),
  ...LINTER.map((mistake) => ({ ...mistake, stoppedBy: 'linter' as const })),
]
