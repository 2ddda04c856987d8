import { PRICING_MODEL } from './pricing-model.ts'

type Answer = [status: number, body: unknown]
type UsageEvent = {
  transactionId: string
  subscriptionId: string
  usageMeterSlug: string
  amount: number
}
type Stored = Omit<UsageEvent, 'usageMeterSlug'> & { id: string; usageMeterId: string }

/** What the stand-in remembers: customers with one subscription each, and usage events. */
export class Hosted {
  customers = new Set<string>()
  /** Customers that were archived; creating one under the same id replaces it. */
  archived = new Set<string>()
  events: Stored[] = []
  /** Overrides every customer's subscription record. */
  subscription: Record<string, unknown> = {}
  featureItems: object[] = []
  balances: object[] = []
  invoices: object[] = []
  /** Said by our self-hosted backend only. */
  openCheckouts = 0

  answer(request: { method: string; path: string; body: unknown }): Answer {
    const [resource = '', id = '', action = ''] = request.path.slice(1).split('/')
    switch (resource) {
      case 'customers':
        return id === '' ? this.create(request.body) : this.customer(id, action)
      case 'pricing-models':
        return [200, { pricingModel: PRICING_MODEL }]
      case 'usage-events':
        return id === 'bulk' ? this.bulk(request.body) : this.single(request.body)
      case 'checkout-sessions':
        return [
          200,
          { checkoutSession: { id: 'chk_1' }, url: 'https://pay.example/checkout/chk_1' },
        ]
      case 'subscriptions':
        return this.subscriptionAction(id, action)
      default:
        return [404, 'no such route']
    }
  }

  private create(body: unknown): Answer {
    const externalId = pick(pick(body, 'customer'), 'externalId')
    if (typeof externalId !== 'string') return [400, { error: 'customer', code: 'BAD_REQUEST' }]
    this.customers.add(externalId)
    this.archived.delete(externalId)
    return [200, { data: { customer: { id: `cust_${externalId}`, externalId } } }]
  }

  private customer(externalId: string, action: string): Answer {
    if (!this.customers.has(externalId)) {
      return [404, { error: 'Customer not found', code: 'NOT_FOUND', request_id: 'req_1' }]
    }
    const archived = this.archived.has(externalId)
    const customer = { id: `cust_${externalId}`, externalId, archived }
    if (action === 'open-checkouts') return [200, { openCheckouts: this.openCheckouts }]
    return action === 'billing' ? [200, this.billing(customer)] : [200, { customer }]
  }

  private billing(customer: { id: string; archived: boolean }) {
    const { archived } = customer
    const subscription = {
      ...this.record(customer.id),
      experimental: { featureItems: this.featureItems, usageMeterBalances: this.balances },
    }
    return {
      customer,
      currentSubscription: archived ? null : subscription,
      currentSubscriptions: archived ? [] : [subscription],
      invoices: this.invoices,
      pricingModel: PRICING_MODEL,
      catalog: PRICING_MODEL,
    }
  }

  private record(customerId: string) {
    return {
      id: 'sub_1',
      customerId,
      status: 'active',
      name: 'Free Subscription',
      priceId: 'price_free',
      isFreePlan: true,
      currentBillingPeriodStart: Date.UTC(2026, 10, 1),
      currentBillingPeriodEnd: Date.UTC(2026, 11, 1),
      cancelScheduledAt: null,
      scheduledAdjustmentAt: null,
      ...this.subscription,
    }
  }

  private subscriptionAction(id: string, action: string): Answer {
    const [owner = ''] = this.customers
    const subscription = { ...this.record(`cust_${owner}`), id }
    if (action === 'preview-adjust') return [404, { error: 'no such route' }]
    return [200, { subscription, subscriptionItems: [] }]
  }

  private bulk(body: unknown): Answer {
    const events = pick(body, 'usageEvents')
    const inserted = (Array.isArray(events) ? events : []).filter(isUsageEvent).flatMap((event) => {
      const known = this.find(event)
      return known ? [] : [this.store(event)]
    })
    return [200, { usageEvents: inserted }]
  }

  private single(body: unknown): Answer {
    const event = pick(body, 'usageEvent')
    if (!isUsageEvent(event)) return [400, { error: [{ path: ['amount'] }], code: 'BAD_REQUEST' }]
    return [200, { usageEvent: this.find(event) ?? this.store(event) }]
  }

  private find(event: UsageEvent): Stored | undefined {
    const meterId = meterIdOf(event)
    return this.events.find(
      (stored) => stored.transactionId === event.transactionId && stored.usageMeterId === meterId,
    )
  }

  private store(event: UsageEvent): Stored {
    const { usageMeterSlug: _, ...rest } = event
    const id = `usage_event_${this.events.length + 1}`
    const stored = { id, ...rest, usageMeterId: meterIdOf(event) }
    this.events.push(stored)
    return stored
  }
}

function meterIdOf(event: UsageEvent): string {
  const meter = PRICING_MODEL.usageMeters.find(({ slug }) => slug === event.usageMeterSlug)
  return meter?.id ?? 'usage_meter_unknown'
}

function isUsageEvent(value: unknown): value is UsageEvent {
  return Number.isInteger(pick(value, 'amount')) && typeof pick(value, 'transactionId') === 'string'
}

function pick(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
