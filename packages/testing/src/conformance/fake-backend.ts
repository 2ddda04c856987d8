import {
  type BillingBackend,
  BillingBackendError,
  type BillingCustomer,
  type Catalog,
  type CustomerBilling,
  type MeterStanding,
  type UsageDelivery,
  type UsageReceipt,
} from '@tollgate/contract'

/** Stands in for the billing service on the far side of the port: exact balances in memory, and it can be down. */
export type FakeBackend = BillingBackend & {
  away: boolean
  /** Gives a customer a start; other customers have nothing. */
  open(customer: BillingCustomer, start: Start): void
  /** What was used. */
  usedBy(customer: BillingCustomer): Map<string, number>
}

/** Credits per meter, and what the plan switches on. */
export type Start = { credits: (meter: string) => number; features: readonly string[] }

/** Every feature but those that lift a meter's limit, so that what is counted is also refused. */
export function limitedFeatures({ features }: Catalog): string[] {
  return Object.keys(features).filter((slug) => !slug.startsWith('unlimited_'))
}

/** Makes a fake backend. */
export function createFakeBackend(catalog: Catalog): FakeBackend {
  const starts = new Map<string, Start>()
  const events = new Map<string, UsageDelivery>()

  const backend: FakeBackend = {
    away: false,
    open: (customer, start) => void starts.set(customer.customerId, start),
    usedBy,
    async readCustomer(customer) {
      arrive()
      const start = starts.get(customer.customerId) ?? NOTHING
      return { ...billingOf(customer, start), meters: metersOf(catalog, start, usedBy(customer)) }
    },
    async deliverUsage(deliveries) {
      arrive()
      return deliveries.map(store)
    },
    readOffers: async () => [],
    openCheckout: refuse,
    openPayment: refuse,
    billingSummary: refuse,
    previewPlanChange: refuse,
    changePlan: refuse,
    cancelPlan: refuse,
    keepPlan: refuse,
    customerHoldings: refuse,
  }
  return backend

  function arrive(): void {
    if (backend.away) throw new BillingBackendError('unreachable', 'The backend is away.')
  }

  function usedBy({ customerId }: BillingCustomer): Map<string, number> {
    const used = new Map<string, number>()
    for (const event of events.values()) {
      if (event.customerId !== customerId) continue
      used.set(event.meter, (used.get(event.meter) ?? 0) + event.amount)
    }
    return used
  }

  function store(delivery: UsageDelivery): UsageReceipt {
    const key = `${delivery.transactionId} ${delivery.meter}`
    const stored = events.get(key) ?? delivery
    events.set(key, stored)
    const { transactionId, amount, subscriptionId, meter } = stored
    return { transactionId, outcome: 'recorded', amount, subscriptionId, meter }
  }
}

const NOTHING: Start = { credits: () => 0, features: [] }

function billingOf(
  { customerId }: BillingCustomer,
  { features }: Start,
): Omit<CustomerBilling, 'meters'> {
  return {
    customerId,
    features: [...features],
    subscription: {
      id: `sub_${customerId}`,
      status: 'active',
      planSlug: 'free',
      planName: 'Free',
      priceSlug: null,
      isFree: true,
      periodStart: null,
      periodEnd: null,
      cancelsAt: null,
      scheduledChangeAt: null,
    },
  }
}

function metersOf(
  { meters }: Catalog,
  { credits }: Start,
  used: Map<string, number>,
): MeterStanding[] {
  return Object.keys(meters).map((meter) => ({
    meter,
    available: credits(meter) - (used.get(meter) ?? 0),
    granted: credits(meter),
    breakdown: [],
  }))
}

async function refuse(): Promise<never> {
  throw new BillingBackendError('refused', 'A fake backend sells nothing.')
}
