import type { Formats } from '@tollgate/contract/copy'

/** Plans, top-ups and the checkout. */
export const enPlans = {
  plans: {
    title: 'Plans',
    lead: 'Change whenever you like. See the price and start date before you confirm.',
    current: 'Your plan',
    topups: 'One-time top-ups',
    topupsLead: 'Never expire, used after your monthly credits.',
    perMonth: 'per month',
    perYear: 'per year',
    once: 'once',
    buy: 'Buy',
    free: 'Free',
    grant: (f: Formats, amount: number, units: string, renews: boolean) =>
      renews ? `${f.number(amount)} ${units} a month` : `${f.number(amount)} ${units}`,
    verbs: {
      upgrade: (name: string) => `Upgrade to ${name}`,
      downgrade: (name: string) => `Change to ${name}`,
      subscribe: (name: string) => `Get ${name}`,
      current: () => 'Current plan',
      scheduled: () => 'Scheduled',
      buy: (name: string) => `Buy ${name}`,
    },
    previewTitle: (name: string) => `Change to ${name}?`,
    dueNow: 'Due today',
    takesEffect: 'Takes effect',
    atOnce: 'Right away',
    confirm: 'Confirm change',
    toCheckout: 'Continue to checkout',
    back: 'Not now',
    cancel: 'Cancel plan',
    cancelTitle: 'Cancel your plan?',
    cancelText: (f: Formats, iso: string | null) =>
      iso
        ? `You keep everything until ${f.date(iso)}. After that you are on the free plan. You can undo this until then.`
        : 'You keep everything until the end of the period. You can undo this until then.',
    confirmCancel: 'Cancel at the end of the period',
    keep: 'Keep my plan',
    endsOn: (f: Formats, iso: string) => `Ends ${f.date(iso)}`,
    renewsOn: (f: Formats, iso: string) => `Renews ${f.date(iso)}`,
    startsOn: (f: Formats, iso: string) => `Starts ${f.date(iso)}`,
    signInFirst: 'Sign in or continue as guest',
  },
  checkout: {
    failedTitle: 'Checkout did not open',
    waiting: {
      title: 'Payment received, adding credits…',
      text: 'This takes a few seconds. Your draft is where you left it.',
    },
    arrived: {
      title: 'Credits added',
      text: 'Your draft is waiting; nothing ran while you were away.',
    },
    done: {
      open_invoice: {
        title: 'Invoice paid',
        text: 'Your plan goes on and its credits are back. Nothing ran while you were away.',
      },
      payment_method: {
        title: 'Payment method saved',
        text: 'Later payments are charged to it. Nothing was charged now.',
      },
    },
    arrivedPlain: 'Everything is ready to use.',
    continue: 'Continue',
    late: {
      title: 'Your payment is taking longer than usual',
      text: 'Nothing is lost. The credits appear here as soon as the payment is confirmed.',
    },
    checkAgain: 'Check again',
    cancelled: {
      title: 'Checkout was cancelled',
      text: 'Nothing was charged. Your draft is where you left it.',
    },
    close: 'Close',
  },
}
