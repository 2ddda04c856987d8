import { featureNames, meterNames, meterUnits } from './catalog-names.ts'
import { enRefusals } from './en-refusals.ts'
import type { Formats } from './formats.ts'

/** What the Studio says about credits, prices and plans, in English. */
export const enBilling = {
  ...enRefusals,
  meter: {
    name: meterNames(),
    unit: meterUnits({
      image_generations: { one: 'image', other: 'images' },
      ai_tokens: { one: 'token', other: 'tokens' },
      api_calls: { one: 'call', other: 'calls' },
    }),
    left: (f: Formats, meter: string, remaining: number, granted: number): string =>
      `${f.number(remaining)} of ${f.number(granted)} ${enBilling.meter.units(f, meter, granted)} left`,
    units: (f: Formats, meter: string, count: number): string =>
      f.plural(count, enBilling.meter.unit(meter)),
    used: (f: Formats, used: number, granted: number): string =>
      `${f.number(used)} of ${f.number(granted)} used`,
    held: (f: Formats, held: number): string => `${f.number(held)} reserved`,
    heldHint: 'Reserved for what is running now. What is not used comes back.',
    unlimited: (f: Formats, used: number): string => `Unlimited · ${f.number(used)} used`,
    overage: (f: Formats, overage: number): string =>
      `${f.number(overage)} over the included amount`,
    notIncluded: 'Not in your plan',
    unknown: 'Balance unavailable',
    unknownHint: 'Billing is unavailable right now. Your credits are safe; we keep trying.',
    resets: (f: Formats, iso: string): string => `Resets ${f.date(iso)}`,
    resetsIn: (f: Formats, iso: string, now: Date): string =>
      `Resets ${f.date(iso)}, ${f.relative(iso, now)}`,
    neverResets: 'Does not reset',
    valueText: (f: Formats, text: { used: string; resets: string }): string =>
      `${text.used}, ${text.resets}`,
    state: {
      ok: 'On track',
      warning: 'Running low',
      critical: 'Almost used up',
      exhausted: 'Used up',
      overage: 'Over the limit',
      unlimited: 'Unlimited',
      unknown: 'Unavailable',
    },
    sources: 'Where your credits come from',
    sourceOrder: 'What expires first is used first.',
    sourceLeft: (f: Formats, remaining: number, granted: number): string =>
      `${f.number(remaining)} of ${f.number(granted)} left`,
    expires: (f: Formats, iso: string): string => `until ${f.date(iso)}`,
    neverExpires: 'never expire',
    pace: (f: Formats, used: number): string => `At an even pace: ${f.number(used)} by now`,
    runsOut: (f: Formats, iso: string, days: number): string =>
      `At this pace you run out around ${f.date(iso)}, ${f.number(days)} ${f.plural(days, { one: 'day', other: 'days' })} before it resets.`,
  },
  cost: {
    fixed: (f: Formats, meter: string, amount: number): string =>
      `${f.number(amount)} ${enBilling.meter.units(f, meter, amount)}`,
    about: (f: Formats, cost: { meter: string; low: number; high: number }): string =>
      `≈ ${f.number(cost.low)}–${f.number(cost.high)} ${enBilling.meter.units(f, cost.meter, cost.high)}`,
    held: (f: Formats, hold: number): string => `up to ${f.number(hold)} reserved`,
  },
  receipt: {
    line: (f: Formats, used: string, remaining: number | null): string =>
      remaining === null ? `${used} used` : `${used} used · ${f.number(remaining)} left`,
    replayed: 'This is the answer to your earlier click. You were charged once.',
    notCharged: 'You were not charged.',
    charged: 'It was charged once. Press the button again to get the result; that is free.',
    unknown: 'We are checking whether this was charged.',
    running: 'It is still running.',
  },
  progress: {
    long: 'This takes longer than usual. Credits are only reserved until it is done.',
  },
  usage: {
    title: 'Usage',
    lead: 'What you have, what you used and what every call cost.',
    history: 'Per day',
    historyLead: 'Last 30 days, by UTC day',
    historyEmpty: 'Nothing used yet. The first call shows up here within a second.',
    asTable: 'Show as table',
    asChart: 'Show as chart',
    day: 'Day',
    total: (f: Formats, total: number, units: string): string => `${f.number(total)} ${units}`,
    activity: 'Activity',
    activityLead: 'Every call, every change of your credits, and what was left.',
    activityEmptyTitle: 'No activity yet',
    activityEmptyText: 'Whatever you make is listed here with its price.',
    operation: 'Operation',
    when: 'When',
    status: 'Status',
    cost: 'Cost',
    balance: 'Balance',
    statuses: {
      held: 'Running',
      charged: 'Charged',
      released: 'Not charged',
      plan: 'Plan credits',
      purchase: 'Purchased',
      grant: 'Granted',
      refund: 'Refunded',
      expiry: 'Expired',
      adjustment: 'Adjusted',
    },
    change: 'Balance change',
    more: 'Show more',
    csv: 'Export CSV',
    all: 'All',
    filter: 'Meter',
    procedures: {
      'images.generate': 'Image',
      'text.summarize': 'Summary',
      'tools.qrCode': 'QR code',
    },
  },
  plans: {
    title: 'Plans',
    lead: 'Change whenever you like. See the price and start date before you confirm.',
    current: 'Your plan',
    topups: 'One-time top-ups',
    topupsLead: 'Never expire, used after your monthly credits.',
    perMonth: 'per month',
    perYear: 'per year',
    once: 'once',
    free: 'Free',
    grant: (f: Formats, amount: number, units: string, renews: boolean): string =>
      renews ? `${f.number(amount)} ${units} a month` : `${f.number(amount)} ${units}`,
    verbs: {
      upgrade: (name: string): string => `Upgrade to ${name}`,
      downgrade: (name: string): string => `Change to ${name}`,
      subscribe: (name: string): string => `Get ${name}`,
      current: (): string => 'Current plan',
      scheduled: (): string => 'Scheduled',
      buy: (name: string): string => `Buy ${name}`,
    },
    feature: featureNames(),
    previewTitle: (name: string): string => `Change to ${name}?`,
    dueNow: 'Due today',
    takesEffect: 'Takes effect',
    atOnce: 'Right away',
    confirm: 'Confirm change',
    toCheckout: 'Continue to checkout',
    back: 'Not now',
    cancel: 'Cancel plan',
    cancelTitle: 'Cancel your plan?',
    cancelText: (f: Formats, iso: string | null): string =>
      iso
        ? `You keep everything until ${f.date(iso)}. After that you are on the free plan. You can undo this until then.`
        : 'You keep everything until the end of the period. You can undo this until then.',
    confirmCancel: 'Cancel at the end of the period',
    keep: 'Keep my plan',
    endsOn: (f: Formats, iso: string): string => `Ends ${f.date(iso)}`,
    renewsOn: (f: Formats, iso: string): string => `Renews ${f.date(iso)}`,
    startsOn: (f: Formats, iso: string): string => `Starts ${f.date(iso)}`,
    signInFirst: 'Sign in or continue as guest',
  },
  checkout: {
    failedTitle: 'Checkout did not open',
    waitingTitle: 'Payment received, adding credits…',
    waitingText: 'This takes a few seconds. Your draft is where you left it.',
    arrivedTitle: 'Credits added',
    arrivedText: 'Your draft is waiting; nothing ran while you were away.',
    arrivedPlain: 'Everything is ready to use.',
    continue: 'Continue',
    lateTitle: 'Your payment is taking longer than usual',
    lateText: 'Nothing is lost. The credits appear here as soon as the payment is confirmed.',
    checkAgain: 'Check again',
    cancelledTitle: 'Checkout was cancelled',
    cancelledText: 'Nothing was charged. Your draft is where you left it.',
    close: 'Close',
  },
  alerts: {
    title: 'Alerts and top-ups',
    from: 'Tell me when I have used',
    topUp: 'Automatic top-up is off.',
    topUpText: 'Nothing is ever bought unless you press a button that says its price.',
  },
  spending: {
    title: 'Your monthly limits',
    lead: 'Limits of your own, whatever you have bought. Requests over your limit are blocked before they run. Months are counted in UTC.',
    label: (name: string): string => `${name}: monthly limit`,
    none: 'No limit',
    set: 'Set limit',
    change: 'Change limit',
    remove: 'Remove limit',
    spent: (f: Formats, month: { spent: number; cap: number; resetsAt: string }): string =>
      `${f.number(month.spent)} of ${f.number(month.cap)} spent this month. Resets on ${f.utcDate(month.resetsAt)}.`,
    failed: 'The limit was not changed. Please try again.',
  },
  banner: {
    label: 'Notice',
    upgrade: 'Upgrade',
    offline: 'You are offline. Nothing is sent and nothing is charged until you are back.',
    reconnecting: (f: Formats, iso: string): string => `Reconnecting, last updated ${f.time(iso)}`,
    unavailable: 'Billing is unavailable. The balance may be out of date.',
    past_due: 'Your last payment failed. Update it to keep your plan.',
    exhausted: (f: Formats, units: string, resetsAt: string | null): string =>
      resetsAt ? `You are out of ${units} until ${f.date(resetsAt)}.` : `You are out of ${units}.`,
    critical: (f: Formats, remaining: number, units: string): string =>
      `Only ${f.number(remaining)} ${units} left.`,
    warning: (f: Formats, percent: number, units: string): string =>
      `You have used ${f.percent(percent)} of your ${units}.`,
    cancelling: (f: Formats, iso: string): string => `Your plan ends on ${f.date(iso)}.`,
    overage: (f: Formats, overage: number, units: string): string =>
      `You are ${f.number(overage)} ${units} over what is included.`,
  },
}

export type BillingCopy = typeof enBilling
