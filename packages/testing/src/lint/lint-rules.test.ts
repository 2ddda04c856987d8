import { describe, expect, it } from 'vitest'
import { lintSource } from './lint-source.ts'

const API = 'packages/api/src/text/translate.ts'
const WEB = 'apps/web/src/features/text/translate.ts'

describe('our lint rules', () => {
  it.each([
    ['import', `import { FlowgladServer } from '@flowglad/nextjs/server'\nnew FlowgladServer({})`],
    ['dynamic import', `export const sdk = await import('@flowglad/server')`],
    ['re-export', `export { FlowgladServer } from '@flowglad/server'`],
    [
      'type import',
      `import type { FlowgladServer } from '@flowglad/server'\nexport type F = FlowgladServer`,
    ],
    ['require', `export const sdk = require('@flowglad/server')`],
  ])("refuse Flowglad's SDK by %s outside flowglad.server.ts", async (_way, text) => {
    expect(await messageOf(API, text, 'one-door-to-flowglad')).toContain('BillingBackend port')
  })

  it('refuse it in the package behind which it stands, too: applications bring their own', async () => {
    const text = `export { FlowgladServer } from '@flowglad/server'`
    const found = messageOf('packages/flowglad/src/sdk.ts', text, 'one-door-to-flowglad')
    expect(await found).toContain('BillingBackend port')
  })

  it('allow the SDK in the file of the server that opens it', async () => {
    const text = `export { FlowgladServer } from '@flowglad/server'`
    expect(await findingsOf('apps/server/src/flowglad.server.ts', text)).toEqual([])
  })

  it.each(['createUsageEvent', 'bulkCreateUsageEvents'])(
    'refuse a usage event by hand: %s',
    async (name) => {
      const text = `export const charge = (billing) => billing.${name}({ amount: 1 })`
      expect(await messageOf(API, text, 'no-own-usage-event')).toContain(
        'billedProcedure({ meter, amount, example })',
      )
    },
  )

  it.each([
    ['chance', 'export const event = { transactionId: crypto.randomUUID() }'],
    ['chance', 'const id = `req_${nanoid()}`\nexport const event = { transactionId: id }'],
    ['the time', 'export const event = { transactionId: `evt_${Date.now()}` }'],
    ['the time', 'export const transactionId = new Date().toString()'],
    [
      'what the client sent',
      "export const event = { transactionId: `req_${headers.get('x-request-id')}` }",
    ],
    ['chance', 'export const id = transactionId(Math.random().toString())'],
  ])('refuse a transaction id made of %s', async (reason, text) => {
    expect(await messageOf(API, text, 'derived-transaction-id')).toContain(reason)
  })

  it('allow a transaction id that is derived or handed on', async () => {
    const text =
      'export const event = (operation) => ({ transactionId: derive(operation), x: operation.transactionId })'
    expect(await findingsOf(API, text)).toEqual([])
  })

  it.each([
    ['publicProcedure', 'export const translate = publicProcedure.mutation(() => 1)'],
    [
      'protectedProcedure',
      'export const translate = protectedProcedure.input(schema).mutation(() => 1)',
    ],
    ['t.procedure', 'export const translate = t.procedure.use(log).mutation(() => 1)'],
  ])('refuse a mutation from %s without a price', async (_root, text) => {
    expect(await messageOf(API, text, 'every-mutation-has-a-price')).toContain(
      'billedProcedure({ meter, amount, example })',
    )
  })

  it.each([
    "export const translate = billedProcedure({ meter: 'ai_tokens', amount: 1, example: {} }).input(s).mutation(() => 1)",
    'export const translate = billedProcedure.input(s).price({ amount: 1 }).mutation(() => 1)',
    "export const refresh = freeProcedure('only reads').input(s).mutation(() => 1)",
    'export const read = publicProcedure.query(() => 1)',
  ])('allow %s', async (text) => {
    expect(await findingsOf(API, text)).toEqual([])
  })

  it.each([
    ['import', `import { appRouter } from '@tollgate/api'\nappRouter.toString()`],
    ['empty import', `import {} from '@tollgate/api'`],
    ['dynamic import', `export const api = await import('@tollgate/api')`],
    ['re-export', `export * from '@tollgate/metering'`],
    ['path', `export { appRouter } from '../../../../../packages/api/src/router.ts'`],
  ])('refuse server values in a client by %s', async (_way, text) => {
    expect(await messageOf(WEB, text, 'types-only-from-server')).toContain('`import type`')
  })

  it('allow the types of the server in a client', async () => {
    const text = `import type { AppRouter } from '@tollgate/api'\nexport type Router = AppRouter`
    expect(await findingsOf(WEB, text)).toEqual([])
  })

  it.each([
    ['amount', 'export const price = { amount: (input) => input.cost }'],
    ['hold', 'export const price = { amount: { hold: ({ credits }) => credits } }'],
    [
      'report',
      'export const work = ({ input, operation }) => operation.report(input.options.price)',
    ],
  ])('refuse a price that the client sets through %s', async (_field, text) => {
    expect(await messageOf(API, text, 'price-from-server')).toContain(
      'the client, who would set the price',
    )
  })

  it('allow a price computed from the size of the input', async () => {
    const text = 'export const price = { amount: ({ text }) => credits(text.length) }'
    expect(await findingsOf(API, text)).toEqual([])
  })
})

it('refuses files that import each other, even if only types cross', async () => {
  const findings = await lintSource({
    'packages/trpc/src/one.ts': "import type { Two } from './two.ts'\nexport type One = Two | null",
    'packages/trpc/src/two.ts': "import { type One } from './one.ts'\nexport type Two = One | 1",
  })
  expect(findings.filter(({ rule }) => rule.includes('no-cycle'))).toHaveLength(2)
})

/** What the linter says against a file by one of our rules; its pointer into the guide is part of every message. */
async function messageOf(file: string, text: string, rule: string): Promise<string> {
  const found = (await findingsOf(file, text)).find(
    (finding) => finding.rule === `tollgate(${rule})`,
  )
  const message = found?.message ?? 'no finding'
  return message.includes(`Guide: errors#${rule}`) ? message : `without a pointer: ${message}`
}

async function findingsOf(file: string, text: string) {
  const findings = await lintSource({ [file]: text })
  return findings.filter(({ rule }) => rule.startsWith('tollgate('))
}
