/** One possible mistake, where it would stand, what stops it, and the words that name the way out. */
export type PlantedMistake = {
  mistake: string
  stoppedBy: 'compiler' | 'linter'
  file: string
  code: string
  says: string
}

const BILLED = "import { z } from 'zod'\nimport { billedProcedure } from '../billed-procedure.ts'\n"
const INPUT = '.input(z.object({ text: z.string() }))'
const WORK = '.mutation(({ input }) => ({ text: input.text }))\n'

/** A procedure with this price. */
function priced(price: string): string {
  return `${BILLED}export const planted = billedProcedure(${price})\n  ${INPUT}\n  ${WORK}`
}

/** A procedure whose work reports. */
function reporting(price: string, report: string): string {
  return `${BILLED}export const planted = billedProcedure(${price})\n  ${INPUT}\n  .mutation(({ operation }) => ${report})\n`
}

const TWO_METERS =
  "{ charges: { ai_tokens: 9, image_generations: 1 }, settle: 'reported', example: { text: 'x' } }"

const COMPILER: Omit<PlantedMistake, 'stoppedBy' | 'file'>[] = [
  {
    mistake: 'a meter that is not in pricing.yaml',
    code: priced("{ meter: 'ai_token', amount: 1, example: { text: 'x' } }"),
    says: `Did you mean '"ai_tokens"'?`,
  },
  {
    mistake: 'no amount',
    code: priced("{ meter: 'ai_tokens', example: { text: 'x' } }"),
    says: "Property 'amount' is missing",
  },
  {
    mistake: 'an amount as text',
    code: priced("{ meter: 'ai_tokens', amount: '5', example: { text: 'x' } }"),
    says: "Type 'string' is not assignable to type",
  },
  {
    mistake: 'no example',
    code: priced("{ meter: 'ai_tokens', amount: 1 }"),
    says: 'example',
  },
  {
    mistake: 'an example that does not fit the input',
    code: priced("{ meter: 'ai_tokens', amount: 1, example: { words: 3 } }"),
    says: 'The price does not fit this input',
  },
  {
    mistake: 'what is charged is reported, and nothing is held',
    code: priced("{ meter: 'ai_tokens', amount: { settle: 'reported' }, example: { text: 'x' } }"),
    says: "Property 'hold' is missing",
  },
  {
    mistake: 'a hold without saying what is charged',
    code: priced("{ meter: 'ai_tokens', amount: { hold: 9 }, example: { text: 'x' } }"),
    says: "Property 'settle' is missing",
  },
  {
    mistake: 'a misspelt field, so that anybody gets what only a plan includes',
    code: priced("{ meter: 'ai_tokens', amount: 1, feture: 'hd_images', example: { text: 'x' } }"),
    says: 'A price has no field',
  },
  {
    mistake: 'a feature that no plan has',
    code: priced("{ meter: 'ai_tokens', amount: 1, feature: 'hd_image', example: { text: 'x' } }"),
    says: `Did you mean '"hd_images"'?`,
  },
  {
    mistake: 'a query that costs, which browsers and caches repeat as they like',
    code: `${BILLED}export const planted = billedProcedure({ meter: 'ai_tokens', amount: 1, example: { text: 'x' } })\n  ${INPUT}\n  .query(({ input }) => input.text)\n`,
    says: 'A read that costs would be repeated freely: use .mutation().',
  },
  {
    mistake: 'a billed procedure without a price',
    code: `${BILLED}export const planted = billedProcedure${INPUT}\n  ${WORK}`,
    says: 'Say what it costs first: .price({ meter, amount, example }).',
  },
  {
    mistake: 'settling once more by hand',
    code: `${BILLED}export const planted = billedProcedure({ meter: 'ai_tokens', amount: 1, example: { text: 'x' } })\n  ${INPUT}\n  .mutation(async ({ operation }) => operation.settle())\n`,
    says: "Property 'settle' does not exist",
  },
  {
    mistake: 'reporting use where the price is fixed',
    code: reporting(
      "{ meter: 'ai_tokens', amount: 1, example: { text: 'x' } }",
      'operation.report(3)',
    ),
    says: "The price is fixed. Write settle: 'reported' to charge what was used.",
  },
  {
    mistake: 'a report that forgets one of several meters',
    code: reporting(TWO_METERS, 'operation.report({ ai_tokens: 3 })'),
    says: "Property 'image_generations' is missing",
  },
  {
    mistake: 'an amount of nothing',
    code: priced("{ meter: 'ai_tokens', amount: 0, example: { text: 'x' } }"),
    says: 'An amount is a whole number from 1.',
  },
  {
    mistake: 'several meters, and none of them named',
    code: priced("{ charges: {}, example: { text: 'x' } }"),
    says: 'Name at least one meter.',
  },
  {
    mistake: 'a report of a meter that is not charged',
    code: reporting(
      TWO_METERS,
      'operation.report({ ai_tokens: 3, image_generations: 1, api_calls: 1 })',
    ),
    says: "'api_calls' does not exist in type",
  },
]

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

/** What the compiler and the linter must stop. */
export const PLANTED_MISTAKES: PlantedMistake[] = [
  ...COMPILER.map((mistake, index) => ({
    ...mistake,
    stoppedBy: 'compiler' as const,
    file: `packages/api/src/text/planted-${index}.ts`,
  })),
  ...LINTER.map((mistake) => ({ ...mistake, stoppedBy: 'linter' as const })),
]
