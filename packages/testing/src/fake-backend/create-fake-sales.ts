import type {
  BillingBackend,
  BillingSummary,
  CheckoutRequest,
  PlanChangePreview,
} from '@tollgate/contract'
import { proOffer } from '@tollgate/contract/pro-offer'

/** The part of the backend that concerns plans, checkouts and invoices. */
type FakeSales = Omit<BillingBackend, 'readCustomer' | 'deliverUsage'> & {
  /** Every checkout that was opened. */
  checkouts: CheckoutRequest[]
}

/** Sells one plan, and gives every customer the same answers. A change of plan succeeds, but changes nothing. */
export function createFakeSales(options: {
  readCustomer: BillingBackend['readCustomer']
  /** Rejects while the backend fails. */
  arrive: () => Promise<void>
}): FakeSales {
  const checkouts: CheckoutRequest[] = []
  const answer = async <Answer>(value: Answer) => {
    await options.arrive()
    return value
  }
  return {
    checkouts,
    readOffers: () => answer([proOffer]),
    async openCheckout(request) {
      await options.arrive()
      checkouts.push(request)
      return { id: 'chk_1', url: 'https://pay.example/chk_1' }
    },
    openPayment: () => answer({ url: 'https://pay.example/chk_2' }),
    billingSummary: () => answer(SUMMARY),
    previewPlanChange: () => answer(PREVIEW),
    changePlan: (customer) => options.readCustomer(customer),
    cancelPlan: (customer) => options.readCustomer(customer),
    keepPlan: (customer) => options.readCustomer(customer),
    customerHoldings: () =>
      answer({ payments: 0, lastingCredits: [], paidPlan: null, openCheckouts: 0 }),
  }
}

const SUMMARY: BillingSummary = {
  amountDue: null,
  nextCharge: { at: '2026-12-22T00:00:00.000Z', amount: 2000, currency: 'USD' },
  paymentMethods: [{ type: 'card', brand: 'test', last4: '4242', isDefault: true }],
  invoices: [
    {
      number: 'INV-00001',
      status: 'paid',
      issuedAt: '2026-11-22T00:00:00.000Z',
      currency: 'USD',
      total: 2000,
      lines: [{ description: 'Pro', quantity: 1, unitPrice: 2000 }],
      pdfUrl: null,
    },
  ],
}

const PREVIEW: PlanChangePreview = {
  verb: 'upgrade',
  timing: 'checkout',
  dueNow: 2000,
  currency: 'USD',
  effectiveAt: '2026-11-22T00:00:00.000Z',
}
