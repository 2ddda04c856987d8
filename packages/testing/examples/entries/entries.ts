import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
// @boundaries-ignore this file is copied into a project of its own
import { useQuery } from '@tanstack/react-query'
// @boundaries-ignore this file is copied into a project of its own
import { createTollgate, intent } from '@tollgate/client'
// @boundaries-ignore this file is copied into a project of its own
import { createTollgate as createReactTollgate } from '@tollgate/client/react'
import { parsePricing } from '@tollgate/contract/pricing'
import { operationKeySchema } from '@tollgate/contract/schema'
import { meteredModel } from '@tollgate/trpc/ai'
// @boundaries-ignore this file is copied into a project of its own
import { generateText } from 'ai'
// @boundaries-ignore this file is copied into a project of its own
import { MockLanguageModelV3 } from 'ai/test'
// @boundaries-ignore this file is copied into a project of its own
import { createElement } from 'react'
// @boundaries-ignore this file is copied into a project of its own
import { renderToString } from 'react-dom/server'
// @boundaries-ignore this file is copied into a project of its own
import Stripe from 'stripe'
import { z } from 'zod'
import type { router } from './hono.js'

// Uses once everything that depends on a package whose version the app chooses, and prints the results.
const [url = '', token = ''] = process.argv.slice(2)
const connection = { url: `${url}/trpc`, getToken: () => token }

const found = {
  client: await callTwice(),
  react: render(),
  pricing: parsePricing(await readFile('pricing.yaml', 'utf8'), 'pricing.yaml').products.length,
  schema: z.object({ key: operationKeySchema }).safeParse({ key: 'too short' }).success,
  credits: await creditsOfAnswer(),
  stripe: await openCheckout(),
}
process.stdout.write(`${JSON.stringify(found)}\n`)

async function callTwice() {
  const { client } = createTollgate<typeof router>(connection)
  const once = intent()
  const first = await client.draw.mutate({ prompt: 'a fox' }, once)
  const second = await client.draw.mutate({ prompt: 'a fox' }, once)
  const { balances } = await client.billing.balance.query()
  return { isSame: first.id === second.id, used: balances.map(({ used }) => used) }
}

function render(): string {
  const tollgate = createReactTollgate<typeof router>(connection)
  function DrawButton() {
    const draw = tollgate.useBilled((api) => api.draw)
    const { balance } = tollgate.useBalance('renders')
    const catalog = useQuery({
      queryKey: ['catalog'],
      queryFn: () => tollgate.client.billing.catalog.query(),
    })
    return createElement('button', null, draw.status, ' ', balance?.remaining, catalog.status)
  }
  return renderToString(createElement(tollgate.Provider, null, createElement(DrawButton)))
}

async function creditsOfAnswer(): Promise<number> {
  let credits = 0
  const provider = new MockLanguageModelV3({
    modelId: 'writer',
    doGenerate: async () => ({
      content: [{ type: 'text', text: 'a red fox' }],
      finishReason: { unified: 'stop', raw: undefined },
      usage: {
        inputTokens: { total: 4, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 3, text: undefined, reasoning: undefined },
      },
      warnings: [],
    }),
  })
  const model = meteredModel(provider, {
    prices: { writer: { input: 1000, output: 1000 } },
    operation: { correct: (total) => (credits = total) },
  })
  await generateText({ model, prompt: 'describe a fox' })
  return credits
}

/** Stripe's side is faked here; our side is no public entry of its package, so it is imported by path. */
async function openCheckout() {
  const asked: string[] = []
  const session = { id: 'cs_1', object: 'checkout.session', url: 'https://pay.example' }
  const stripe = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(session))
  })
  await new Promise<void>((resolve) => stripe.listen(0, '127.0.0.1', resolve))
  const address = stripe.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const place = 'node_modules/@tollgate/ledger/dist/payments/stripe-payments.js'
  const { createStripePayments } = await import(pathToFileURL(place).href)
  const payments = createStripePayments({
    secretKey: 'sk_test_example',
    webhookSecret: 'whsec_example',
    returnBaseUrl: 'https://billing.example',
    api: { host: '127.0.0.1', port, protocol: 'http' },
  })
  const opened = await payments.openCheckout({
    organizationId: 'organization-1',
    checkoutSessionId: 'checkout-1',
    description: 'Ten renders',
    quantity: 1,
    unitPrice: 500,
    currency: 'USD',
    customerEmail: 'ada@example.com',
    successUrl: 'https://studio.example/paid',
    cancelUrl: 'https://studio.example',
    language: 'en',
    setupOnly: false,
  })
  const event = {
    object: 'event',
    type: 'checkout.session.expired',
    data: { object: { id: 'cs_1' } },
  }
  const body = JSON.stringify(event)
  const signature = new Stripe('sk_test_example').webhooks.generateTestHeaderString({
    payload: body,
    secret: 'whsec_example',
  })
  await payments.reports.readMessage({ body, signature })
  stripe.closeAllConnections()
  stripe.close()
  return { ...opened, asked }
}
