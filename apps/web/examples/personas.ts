import {
  type Balance,
  type BalanceSource,
  type BillingSummary,
  balanceState,
  type CustomerBilling,
  customerId,
  type Invoice,
  percentUsed,
} from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { meterUnits } from '@tollgate/contract/copy'

/** One person in one situation; the same ones for screenshots, tests and people who look around. */
export type Persona = {
  balances: Balance[] | null
  billing: CustomerBilling | null
  /** What is due, how it is paid, and what was billed; null where that cannot be read. */
  summary: BillingSummary | null
  isGuest?: boolean
  isOwner?: boolean
}

export const NOW = new Date('2026-11-22T09:00:00.000Z')
const FREE_GRANTS: Partial<Record<string, number>> = {
  image_generations: 10,
  ai_tokens: 5000,
  api_calls: 100,
}
/** What every plan of the gallery grants of a meter that no persona has a story for. */
const OTHER_GRANT = 100
const PERIOD = { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' }

const NOTHING_BILLED: BillingSummary = {
  amountDue: null,
  nextCharge: null,
  paymentMethods: [],
  invoices: [],
}
const ON_PRO: BillingSummary = {
  amountDue: null,
  nextCharge: { at: PERIOD.end, amount: 2000, currency: 'USD' },
  paymentMethods: [{ type: 'card', brand: 'visa', last4: '4242', isDefault: true }],
  invoices: [billed(3, 'paid'), billed(2, 'partially_refunded'), billed(1, 'paid')],
}

/** Every persona by name. */
export const PERSONAS = {
  fresh: onFree({}),
  nearly: onFree({
    image_generations: { used: 7 },
    ai_tokens: { used: 3950 },
    api_calls: { used: 79 },
  }),
  low: onFree({
    image_generations: { used: 8 },
    ai_tokens: { used: 4800, held: 60 },
    api_calls: { used: 82 },
  }),
  warned: onFree({ image_generations: { used: 8 } }),
  critical: onFree({ image_generations: { used: 9 } }),
  below80: onFree({ ai_tokens: { used: 3999 } }),
  at80: onFree({ ai_tokens: { used: 4000 } }),
  at90: onFree({ ai_tokens: { used: 4500 } }),
  at100: onFree({ ai_tokens: { used: 5000 } }),
  exhausted: onFree({
    image_generations: { used: 10 },
    ai_tokens: { used: 5000 },
    api_calls: { used: 12 },
  }),
  overage: onFree({
    image_generations: { used: 4 },
    ai_tokens: { used: 5130, overage: 130 },
    api_calls: { used: 100 },
  }),
  unlimited: onPro({ cancelsAt: null }),
  runningOut: onPro({ cancelsAt: null, tokensUsed: 484_000 }),
  leaving: onPro({ cancelsAt: PERIOD.end }),
  pastDue: pastDue(),
  guest: { ...onPro({ cancelsAt: null }), isGuest: true },
  member: { ...onPro({ cancelsAt: null }), isOwner: false },
  unreadable: { balances: null, billing: null, summary: null },
} as const satisfies Record<string, Persona>

export type PersonaName = keyof typeof PERSONAS

type Use = { used?: number; held?: number; overage?: number; sources?: BalanceSource[] }

function onFree(use: Partial<Record<string, Use>>): Persona {
  const balances = Object.keys(catalog.meters).map((meter) =>
    balanceOf(meter, [planSource('Free', FREE_GRANTS[meter] ?? OTHER_GRANT)], use[meter]),
  )
  return { balances, billing: subscribed('free', null), summary: NOTHING_BILLED }
}

function onPro(options: { cancelsAt: string | null; tokensUsed?: number }): Persona {
  const { cancelsAt, tokensUsed = 204_812 } = options
  const topUp: BalanceSource = {
    source: 'topup',
    name: '50 images',
    granted: 50,
    remaining: 50,
    expiresAt: null,
  }
  const plan = { ...planSource('Pro', 500), remaining: 112 }
  const calls = balanceOf('api_calls', [], { used: 1204 })
  const known: Partial<Record<string, Balance>> = {
    image_generations: balanceOf('image_generations', [plan, topUp], { used: 388, held: 1 }),
    ai_tokens: balanceOf('ai_tokens', [planSource('Pro', 500_000)], { used: tokensUsed }),
    api_calls: { ...calls, unlimited: true, state: 'unlimited', percentUsed: null },
  }
  return {
    balances: Object.keys(catalog.meters).map(
      (meter) => known[meter] ?? balanceOf(meter, [planSource('Pro', OTHER_GRANT)]),
    ),
    billing: subscribed('pro', cancelsAt),
    summary: cancelsAt === null ? ON_PRO : { ...ON_PRO, nextCharge: null },
  }
}

function planSource(name: string, granted: number): BalanceSource {
  return { source: 'plan', name, granted, remaining: granted, expiresAt: PERIOD.end }
}

function balanceOf(meter: string, sources: BalanceSource[], use: Use = {}): Balance {
  const { used = 0, held = 0, overage = 0 } = use
  const granted = sources.reduce((sum, source) => sum + source.granted, 0)
  const remaining = Math.max(0, granted - used - held)
  return {
    meter,
    unit: meterUnits()(meter).one,
    granted,
    used,
    held,
    remaining,
    unlimited: false,
    overage,
    percentUsed: percentUsed({ granted, used, unlimited: false }),
    state: balanceState({ granted, used, remaining, overage, unlimited: false }),
    periodStart: PERIOD.start,
    resetsAt: PERIOD.end,
    asOf: NOW.toISOString(),
    version: 1,
    breakdown: sources,
  }
}

function subscribed(plan: 'free' | 'pro', cancelsAt: string | null): CustomerBilling {
  return {
    customerId: customerId('persona'),
    subscription: {
      id: 'subscription',
      status: 'active',
      planSlug: plan,
      planName: plan === 'free' ? 'Free' : 'Pro',
      priceSlug: plan === 'free' ? 'free_monthly' : 'pro_monthly',
      isFree: plan === 'free',
      periodStart: PERIOD.start,
      periodEnd: PERIOD.end,
      cancelsAt,
      scheduledChangeAt: null,
    },
    features: plan === 'free' ? [] : ['unlimited_api_calls', 'hd_images'],
    meters: [],
  }
}

function pastDue(): Persona {
  const persona = onPro({ cancelsAt: null })
  const { billing } = persona
  if (!billing?.subscription) return persona
  const status = 'past_due'
  return {
    ...persona,
    billing: { ...billing, subscription: { ...billing.subscription, status } },
    summary: {
      ...ON_PRO,
      nextCharge: null,
      amountDue: { amount: 2000, currency: 'USD', invoiceNumber: 'TG-8F21C-00004' },
      invoices: [billed(4, 'open'), ...ON_PRO.invoices],
    },
  }
}

/** The invoice of a month of Pro. */
function billed(month: number, status: Invoice['status']): Invoice {
  return {
    number: `TG-8F21C-0000${month}`,
    status,
    issuedAt: new Date(Date.UTC(2026, 6 + month, 1)).toISOString(),
    currency: 'USD',
    total: 2000,
    lines: [{ description: 'Pro', quantity: 1, unitPrice: 2000 }],
    pdfUrl: null,
  }
}
