import type { CheckoutReport, PaymentProvider } from '../core/payment-provider.ts'

/** A provider with pages of its own that charges once per attempt, like real ones, and fails as a test requires. */
export type UnreliablePayments = PaymentProvider & {
  /** What was actually taken since the last `forget`, by attempt or by checkout. */
  taken(): string[]
  /** How much of it was refunded. */
  refunded(): string[]
  forget(): void
  /** From now on requests end without an answer, and nothing is taken. */
  stopAnswering(): void
  /** From now on money is taken, but the answer is lost. */
  takeWithoutAnswering(): void
  answerAgain(): void
  decline(count: number): void
  /** A customer pays on the provider's page. */
  pay(checkoutSessionId: string): void
}

/** Creates such a provider. */
export function createUnreliablePayments(): UnreliablePayments {
  let answering: 'yes' | 'no' | 'lost' = 'yes'
  let declines = 0
  const charges = new Map<string, 'taken' | 'declined'>()
  const refunds = new Map<string, string>()
  const paid = new Map<string, CheckoutReport>()
  const setup = new Set<string>()
  const forgotten = new Set<string>()
  const closed = new Set<string>()
  const unanswered = () => new Error('The provider did not answer.')
  return {
    name: 'unreliable',
    openCheckout: async ({ checkoutSessionId, setupOnly }) => {
      if (setupOnly) setup.add(checkoutSessionId)
      return { url: `https://pay.example/${checkoutSessionId}`, reference: checkoutSessionId }
    },
    async charge({ attemptId }) {
      if (answering === 'no') throw unanswered()
      const known = charges.get(attemptId)
      const outcome = known ?? (declines-- > 0 ? 'declined' : 'taken')
      charges.set(attemptId, outcome)
      if (answering === 'lost') throw unanswered()
      return outcome === 'taken'
        ? { outcome: 'succeeded', reference: attemptId }
        : { outcome: 'failed', reason: 'The card was declined.' }
    },
    async refund({ refundId, reference }) {
      if (answering === 'no') throw unanswered()
      refunds.set(refundId, reference)
    },
    reports: {
      readCheckout: async (reference) => paid.get(reference) ?? null,
      async closeCheckout(reference) {
        const report = paid.get(reference)
        if (report) return report
        closed.add(reference)
        return { outcome: 'given_up', checkoutSessionId: reference }
      },
      readMessage: async () => null,
    },
    taken: () =>
      [...charges]
        .filter(([id, outcome]) => outcome === 'taken' && !forgotten.has(id))
        .map(([id]) => id),
    refunded: () => [...refunds.values()],
    forget() {
      for (const id of charges.keys()) forgotten.add(id)
      refunds.clear()
    },
    stopAnswering: () => void (answering = 'no'),
    takeWithoutAnswering: () => void (answering = 'lost'),
    answerAgain: () => void (answering = 'yes'),
    decline: (count) => void (declines = count),
    pay(checkoutSessionId) {
      if (closed.has(checkoutSessionId)) throw new Error('This page is closed.')
      paid.set(checkoutSessionId, {
        outcome: 'paid',
        checkoutSessionId,
        paidBy: {
          reference: checkoutSessionId,
          methodReference: 'cus_1/pm_1',
          card: { brand: 'visa', last4: '4242' },
          moneyIsTaken: !setup.has(checkoutSessionId),
        },
      })
    },
  }
}
