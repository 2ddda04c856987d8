import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { requestHandler } from '@flowglad/server'
import { serve } from '@hono/node-server'
import { launchChromium } from '@tollgate/testing/browser'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend
let browser: Awaited<ReturnType<typeof launchChromium>>
let application: { url: string; close(): void }

beforeAll(async () => {
  const pricingPath = fileURLToPath(new URL('plans.yaml', import.meta.url))
  backend = await startBackend({ pricingPath })
  application = await startApplication(await bundlePage())
  browser = await launchChromium()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  application?.close()
  await backend?.close()
})

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('hooks-page.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A host application: the page, and the SDK's handler at the path that its hooks call. */
async function startApplication(script: string) {
  const app = new Hono()
  const customer = backend.as()
  const handle = requestHandler<null>({
    getCustomerExternalId: async () => customer.externalId,
    flowglad: () => customer.flowglad,
    apiKey: backend.apiKey,
    baseURL: backend.url,
  })
  app.get('/', (context) =>
    context.html(
      '<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>',
    ),
  )
  app.get('/page.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))
  app.all('/api/flowglad/*', async (context) => {
    const path = context.req.path.replace('/api/flowglad/', '').split('/')
    const body: unknown = JSON.parse((await context.req.text()) || '{}')
    const { status, data, error } = await handle(
      { path, method: JSON.parse(`"${context.req.method}"`), body },
      null,
    )
    return Response.json(error === undefined ? { data } : { error, data }, { status })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

it('serves Flowglad’s stock React hooks in a browser: from the free plan through checkout to a cancellation', async () => {
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  const shows = (label: string, text: string) =>
    expect
      .poll(() => page.getByLabel(label, { exact: true }).textContent(), { timeout: 15_000 })
      .toBe(text)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  await page.goto(application.url)
  await shows('plan', 'Free Subscription')
  await shows('left by useBilling', '10')
  await shows('limit', '10')
  await shows('left by useUsageMeters', '10')
  await shows('hd', 'false')
  await shows('products', 'free,pro,team,tryout,more')

  await press('use two')
  await shows('left by useUsageMeters', '8')
  await press('reload')
  await shows('left by useBilling', '8')

  await press('buy pro')
  await page.waitForURL(/\/checkout\//)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.waitForURL(application.url)
  await shows('plan', 'Pro Subscription')
  await shows('left by useBilling', '100')
  await shows('hd', 'true')
  await shows('seats', '3')

  await press('cancel')
  await expect
    .poll(() => page.getByLabel('answer').textContent())
    .toContain('cancellation_scheduled')
  expect(problems).toEqual([])
}, 90_000)
