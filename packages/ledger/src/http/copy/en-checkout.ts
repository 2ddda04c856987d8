/** The texts of the checkout pages, in English; their type is that of every other language. */
export const enCheckout = {
  /** How amounts and dates are written. */
  locale: 'en-US',
  brand: 'Tollgate checkout',
  payment: 'Payment',
  testMode: {
    title: 'Test mode',
    text: 'No real charge. This panel is not part of a real checkout.',
    decline: 'Simulate a declined card',
  },
  titles: {
    product: (name: string) => `Checkout: ${name}`,
    invoice: (number: string) => `Pay invoice ${number}`,
    method: 'Update your payment method',
  },
  summary: 'Order summary',
  gives: 'What you get',
  once: 'One-time purchase',
  renews: (unit: IntervalUnit, count: number) =>
    count === 1 ? `Every ${unit}, until you cancel` : `Every ${count} ${unit}s, until you cancel`,
  dueToday: 'Due today',
  owed: (period: string) => `For the period from ${period}. Your plan continues once it is paid.`,
  methodText: 'Later payments are charged to this card. Nothing is charged now.',
  card: { label: 'Payment method', name: 'Test card ending in 4242' },
  consent: {
    once: (amount: string) => `By paying you agree to a charge of ${amount} to this card.`,
    renewing: (amount: string, every: string) =>
      `By paying you agree to a charge of ${amount} to this card now and again ${every}, until you cancel.`,
    trial: (amount: string, days: number) =>
      `Free for ${days} days. After that ${amount} is charged to this card, until you cancel.`,
    method: 'By saving you agree that this card is charged for your plan and what you buy.',
  },
  everyPeriod: (unit: IntervalUnit, count: number) =>
    count === 1 ? `every ${unit}` : `every ${count} ${unit}s`,
  pay: (amount: string) => `Pay ${amount}`,
  startTrial: 'Start free trial',
  save: 'Save card',
  cancel: 'Cancel and go back',
  payingAs: (name: string) => `Paying as ${name}`,
  guest: 'guest',
  declined: 'The test card was declined. Nothing was charged; you can try again.',
  closed: {
    title: 'This checkout is closed',
    declined: 'The card was declined, and the invoice is still open.',
    expired: 'It is too old, or a newer one was opened. Start a new one in the application.',
    cancelled: 'It was cancelled. Start a new one in the application.',
    conflict: 'It was paid already, or your plan has changed meanwhile.',
    unknown: 'No checkout has this address.',
    uncharged: 'Nothing was charged here.',
    back: 'Go back',
  },
}

export type CheckoutCopy = typeof enCheckout
type IntervalUnit = 'day' | 'week' | 'month' | 'year'
