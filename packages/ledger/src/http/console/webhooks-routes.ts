import { Hono } from 'hono'
import { z } from 'zod'
import type { Ledger } from '../../core/ledger.ts'
import {
  createWebhook,
  readDeliveries,
  readWebhooks,
  replayDelivery,
  updateWebhook,
} from '../../webhooks/webhook-endpoints.ts'
import type { LedgerVariables } from '../ledger-variables.ts'
import type { ConsoleContext } from './console-variables.ts'
import { showPage } from './show-page.ts'
import { submit } from './submit.ts'
import { webhooksPage } from './webhooks-page.ts'

const PATH = '/console/webhooks'
const DELIVERIES = 50

const addForm = z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) })
const switchForm = z.object({ webhookId: z.string(), active: z.enum(['yes', 'no']) })
const replayForm = z.object({ eventId: z.string() })

/** The routes of the webhooks page. */
export function webhooksRoutes(ledger: Ledger): Hono<LedgerVariables> {
  const routes = new Hono<LedgerVariables>()
  routes.get('/', (context) => show(ledger, context, null))
  routes.post('/add', (context) =>
    submit(context, {
      form: addForm,
      backTo: PATH,
      run: async ({ url }) => {
        const organizationId = context.get('organizationId')
        const { webhook, secret } = await createWebhook(ledger, { organizationId, url })
        // No redirect: the secret is in this response only, never in a cookie or URL.
        return show(ledger, context, { url: webhook.url, secret })
      },
    }),
  )
  routes.post('/switch', (context) =>
    submit(context, {
      form: switchForm,
      backTo: PATH,
      run: async ({ webhookId, active }) => {
        const organizationId = context.get('organizationId')
        const change = { organizationId, webhookId, active: active === 'yes' }
        const { url } = await updateWebhook(ledger, change)
        return { message: `${url} is switched ${change.active ? 'on' : 'off'}.` }
      },
    }),
  )
  routes.post('/replay', (context) =>
    submit(context, {
      form: replayForm,
      backTo: PATH,
      run: async ({ eventId }) => {
        const organizationId = context.get('organizationId')
        const count = await replayDelivery(ledger, { organizationId, eventId })
        const times = count === 1 ? 'one endpoint' : `${count} endpoints`
        return { message: `${eventId} will be delivered again to ${times}.` }
      },
    }),
  )
  return routes
}

async function show(
  ledger: Ledger,
  context: ConsoleContext,
  added: { url: string; secret: string } | null,
): Promise<Response> {
  const organizationId = context.get('organizationId')
  const [endpoints, deliveries] = await Promise.all([
    readWebhooks(ledger, organizationId),
    readDeliveries(ledger, { organizationId, limit: DELIVERIES }),
  ])
  return showPage(ledger, context, {
    title: 'Webhooks',
    section: PATH,
    main: webhooksPage({ endpoints, deliveries, added }),
  })
}
