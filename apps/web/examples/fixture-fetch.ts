import { ACTIVITY, HISTORY } from './activity.ts'
import { CATALOG } from './catalog.ts'
import type { Persona } from './personas.ts'

/** Answers the product's queries for a persona, so that the gallery needs no server. */
export function fixtureFetch(persona: Persona): typeof fetch {
  return (input) => {
    const address = input instanceof Request ? input.url : String(input)
    const url = new URL(address, location.origin)
    const paths = url.pathname.replace('/trpc/', '').split(',')
    const answers = paths.map((path) => answer(persona, path))
    return Promise.resolve(Response.json(url.searchParams.has('batch') ? answers : answers[0]))
  }
}

const CAPS = [
  { meter: 'image_generations', cap: 8, spent: 4, resetsAt: '2026-12-01T00:00:00.000Z' },
]

/** As the server would say them. */
function verbsFor({ billing }: Persona) {
  const subscription = billing?.subscription
  const isFree = subscription?.isFree ?? true
  const toFree = subscription?.cancelsAt ? 'scheduled' : 'downgrade'
  return [
    { priceSlug: 'free_monthly', verb: isFree ? 'current' : toFree },
    { priceSlug: 'pro_monthly', verb: isFree ? 'upgrade' : 'current' },
  ]
}

function answer(persona: Persona, path: string): unknown {
  const data = dataFor(persona, path)
  if (data !== undefined) return { result: { data } }
  return {
    error: {
      code: -32603,
      message: 'The gallery has no answer.',
      data: { httpStatus: 500, path, billing: null },
    },
  }
}

function dataFor(persona: Persona, path: string): unknown {
  switch (path) {
    case 'billing.balance':
      return persona.balances ? { balances: persona.balances } : undefined
    case 'billing.catalog':
      return CATALOG
    case 'billing.plan':
      return {
        billing: persona.billing,
        isGuest: persona.isGuest ?? false,
        isOwner: persona.isOwner ?? true,
        maySpend: true,
        verbs: verbsFor(persona),
      }
    case 'billing.summary':
      return persona.summary ?? undefined
    case 'alerts.list':
      return { alerts: [], unread: 0 }
    case 'alerts.preferences':
      return {
        thresholds: [80, 95, 100],
        email: true,
        language: 'en',
        webhookUrl: null,
        webhookSecret: null,
        emailAddress: persona.isGuest ? null : 'ada@example.com',
        isEmailVerified: true,
        mayChange: true,
        dismissedPrompts: [],
      }
    case 'billing.spendCaps':
      return { caps: persona.billing?.subscription?.isFree ? CAPS : [] }
    case 'account.spenders':
      return { members: [], keys: [] }
    case 'limits.list':
      return { limits: [] }
    case 'billing.ledger':
      return {
        items: persona.balances?.some(({ used }) => used > 0) ? ACTIVITY : [],
        nextCursor: null,
      }
    case 'billing.history':
      return { used: persona.balances?.some(({ used }) => used > 0) ? HISTORY : [] }
    default:
      return undefined
  }
}
