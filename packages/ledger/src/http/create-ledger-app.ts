import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Ledger } from '../core/ledger.ts'
import { apiHeaders } from './api-headers.ts'
import { checkoutPages } from './checkout-pages.ts'
import { consolePages } from './console/console-pages.ts'
import type { OfferTexts } from './copy/offer-texts.ts'
import { ENDPOINTS } from './endpoints.ts'
import { errorResponse, refusal } from './error-response.ts'
import { openApi } from './open-api.ts'
import { providerRoutes } from './provider-routes.ts'
import { rejectMalformedUrl } from './reject-malformed-url.ts'
import type { LedgerVariables } from './ledger-variables.ts'
import { requireKey } from './require-key.ts'
import { runEndpoint } from './run-endpoint.ts'

/** Builds the HTTP application of a ledger: Flowglad's API below `/api/v1`, the hosted checkout pages and the console. */
export function createLedgerApp({
  ledger,
  devPanelUrl,
  offerTexts = {},
}: {
  ledger: Ledger
  devPanelUrl?: string | undefined
  /** Names of products and features in other languages, for the checkout pages. */
  offerTexts?: OfferTexts | undefined
}): Hono<LedgerVariables> {
  const app = new Hono<LedgerVariables>()
  app.use(async function requestId(context, next) {
    // The listener assigns an id to each request; without one the application does.
    const id = context.env?.requestId ?? randomUUID()
    context.set('requestId', id)
    context.set('devPanelUrl', devPanelUrl)
    await next()
    context.header('X-Request-Id', id)
  })
  app.use(apiHeaders, rejectMalformedUrl)
  app.onError((error, context) => errorResponse(error, context, ledger.logger))
  app.notFound((context) =>
    refusal(context, {
      code: 'NOT_FOUND',
      message: `There is no ${context.req.method} ${context.req.path}.`,
    }),
  )
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  // Before the key check: the document is public.
  for (const path of ['/openapi.json', '/api/v1/openapi.json']) {
    app.get(path, (context) => context.json(openApi(ENDPOINTS, ledger.checkoutBaseUrl)))
  }
  app.use('/api/v1/*', requireKey(ledger))
  for (const endpoint of ENDPOINTS) {
    app.on(endpoint.method, `/api/v1${endpoint.path}`, runEndpoint(ledger, endpoint))
  }
  app.route('/', checkoutPages({ ledger, texts: offerTexts }))
  app.route('/', providerRoutes(ledger))
  if (typeof __FAULTS__ === 'undefined' || __FAULTS__) {
    if (!ledger.production) app.route('/console', consolePages(ledger))
  }
  return app
}

// A build replaces this constant, which removes fault injection.
declare const __FAULTS__: boolean
