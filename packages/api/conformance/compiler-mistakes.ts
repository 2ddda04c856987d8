/** The imports of a procedure. */
export const BILLED =
  "import { z } from 'zod'\nimport { billedProcedure } from '../billed-procedure.ts'\n"
const INPUT = '.input(z.object({ text: z.string() }))'
const WORK = '.mutation(({ input }) => ({ text: input.text }))\n'

/** A procedure with this price. */
function priced(price: string): string {
  return `${BILLED}export const planted = billedProcedure(${price})\n  ${INPUT}\n  ${WORK}`
}

/** A procedure whose mutation reports its usage. */
function reporting(price: string, report: string): string {
  return `${BILLED}export const planted = billedProcedure(${price})\n  ${INPUT}\n  .mutation(({ operation }) => ${report})\n`
}

const BY_RESULT =
  "{ meter: 'ai_tokens', amount: 1, chargeOnce: { result: (film: { id: string }) => film.id }, example: { text: 'x' } }"
const FORMATTED = 'initTRPC.create({ errorFormatter: billingErrors })'

/** Billing made from this root and this customer. */
function made(root: string, customer: string): string {
  const imports = [
    "import { catalog } from '@tollgate/contract/catalog'",
    "import { billingErrors, createBilling } from '@tollgate/trpc'",
    "import { initTRPC } from '@trpc/server'",
  ].join('\n')
  return `${imports}\nvoid billingErrors\nconst t = ${root}\nexport const planted = createBilling({ t, catalog, metering: () => { throw new Error('none') }, customer: ${customer} })\n`
}

const TWO_METERS =
  "{ charges: { ai_tokens: 9, image_generations: 1 }, settle: 'reported', example: { text: 'x' } }"

/** Mistakes in the price of a procedure, in its mutation, or in creating billing. */
export const COMPILER_MISTAKES: CompilerMistake[] = [
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
    mistake: 'a misspelt field, so that every caller gets what only a plan includes',
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
  {
    mistake: 'an amount below zero',
    code: priced("{ meter: 'ai_tokens', amount: -1, example: { text: 'x' } }"),
    says: 'An amount is a whole number from 1.',
  },
  {
    mistake: 'an amount that is a fraction',
    code: priced("{ charges: { ai_tokens: 1.5 }, example: { text: 'x' } }"),
    says: 'An amount is a whole number from 1.',
  },
  {
    mistake: 'a hold of nothing',
    code: priced(
      "{ meter: 'ai_tokens', amount: { hold: 0, settle: 'reported' }, example: { text: 'x' } }",
    ),
    says: 'An amount is a whole number from 1.',
  },
  {
    mistake: 'a subscription that costs',
    code: `${BILLED}export const planted = billedProcedure({ meter: 'ai_tokens', amount: 1, example: { text: 'x' } })\n  ${INPUT}\n  .subscription(({ input }) => input.text)\n`,
    says: 'A subscription cannot be billed: let a .mutation() yield.',
  },
  {
    mistake: 'a stream that is charged once by its result',
    code: `${BILLED}export const planted = billedProcedure(${BY_RESULT})\n  ${INPUT}\n  .mutation(async function* () {\n    yield { id: 'x' }\n  })\n`,
    says: 'A stream has no result to be charged once by',
  },
  {
    mistake: 'charged once by a result that the work does not return',
    code: `${BILLED}export const planted = billedProcedure(${BY_RESULT})\n  ${INPUT}\n  ${WORK}`,
    says: 'chargeOnce.result() needs what this work does not return.',
  },
  {
    mistake: 'an error formatter that leaves out why a call was refused',
    code: made('initTRPC.create()', '() => null'),
    says: 'Pass errorFormatter: billingErrors to initTRPC.create().',
  },
  {
    mistake: 'a customer without an id',
    code: made(FORMATTED, "() => ({ email: 'ada@example.com' })"),
    says: "Property 'id' is missing",
  },
  {
    mistake: 'a job without metering, where the router finds it in the context of a call',
    code: `import { jobKey } from '@tollgate/trpc'\nimport { billing } from '../billing.ts'\nconst customer = { id: 'ada', email: 'ada@example.com' }\nexport const planted = billing.run(\n  { customer, key: jobKey('j', 1), operation: 'jobs.j', charges: { ai_tokens: 1 } },\n  () => 1,\n)\n`,
    says: "Property 'metering' is missing",
  },
]

/** One of them: the rest of the planted code is the same for all. */
type CompilerMistake = { mistake: string; code: string; says: string }
