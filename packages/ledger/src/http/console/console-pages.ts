import { Hono } from 'hono'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { z } from 'zod'
import { readUsageMeters, defaultPricingModelId } from '../../catalog/read-pricing-model.ts'
import type { Ledger } from '../../core/ledger.ts'
import { LedgerError } from '../../core/ledger-error.ts'
import { findFirstOrganization } from '../../organizations/organization.ts'
import { daysUntil, readUsagePerDay } from '../../usage/read-usage-per-day.ts'
import { checkInvariants } from '../../check-invariants.ts'
import type { LedgerVariables } from '../ledger-variables.ts'
import { ledgerChecksPage } from './ledger-checks-page.ts'
import type { ConsoleContext } from './console-variables.ts'
import { controlsRoutes } from './controls-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { loopbackOnly, ownFormsOnly } from './guard-console.ts'
import { showPage } from './show-page.ts'
import { DAY_RANGES, usagePage } from './usage-page.ts'
import { webhooksRoutes } from './webhooks-routes.ts'

/**
 * The console, for a developer at this machine: plain forms, no JavaScript. It shows and changes everything, so it
 * does not exist in production.
 */
export function consolePages(ledger: Ledger): Hono<LedgerVariables> {
  const pages = new Hono<LedgerVariables>()
  pages.use(loopbackOnly, ownFormsOnly, pageHeaders)
  pages.use((context, next) => setOrganization(ledger, context, next))
  pages.onError((error, context) => showRefusal(ledger, context, error))
  pages.get('/', (context) => context.redirect('/console/customers', 302))
  pages.route('/customers', customerRoutes(ledger))
  pages.route('/controls', controlsRoutes(ledger))
  pages.route('/webhooks', webhooksRoutes(ledger))
  pages.get('/usage', (context) => showUsage(ledger, context))
  pages.get('/ledger-checks', async (context) => {
    const asked = context.req.query('check') === 'now'
    const main = ledgerChecksPage(asked ? await checkInvariants(ledger.database) : null)
    return showPage(ledger, context, {
      title: 'Ledger checks',
      section: '/console/ledger-checks',
      main,
    })
  })
  return pages
}

// With `no-referrer`, browsers send `Origin: null` with our own forms, which are then refused.
const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
})

/** The console shows the organisation that the backend was set up with. */
async function setOrganization(
  ledger: Ledger,
  context: ConsoleContext,
  next: () => Promise<void>,
): Promise<void> {
  const organization = await findFirstOrganization(ledger)
  if (!organization) throw new LedgerError('NOT_FOUND', 'There is no organisation yet.')
  context.set('organizationId', organization.id)
  await next()
}

const usageQuery = z.object({
  days: z.coerce
    .number()
    .refine((days) => DAY_RANGES.some((stretch) => stretch === days))
    .catch(30),
})

async function showUsage(ledger: Ledger, context: ConsoleContext): Promise<Response> {
  const { days } = usageQuery.parse(context.req.query())
  const organizationId = context.get('organizationId')
  const now = ledger.clock.now()
  const pricingModelId = await defaultPricingModelId(ledger.database, organizationId)
  const [meters, usage] = await Promise.all([
    readUsageMeters(ledger.database, { organizationId, pricingModelId }),
    readUsagePerDay(ledger.database, { organizationId, now, days }),
  ])
  return showPage(ledger, context, {
    title: 'Usage per day',
    section: '/console/usage',
    main: usagePage({ days: daysUntil(now, days), meters, usage }),
  })
}

async function showRefusal(
  ledger: Ledger,
  context: ConsoleContext,
  error: Error,
): Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse()
  if (!(error instanceof LedgerError)) throw error
  return showPage(ledger, context, {
    title: 'Not found',
    section: '/console/customers',
    status: 404,
    main: html`<div class="card">
      <h1>Request failed</h1>
      <p>${error.message}</p>
    </div>`,
  })
}
