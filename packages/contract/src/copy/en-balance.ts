import { featureNames, meterNames, meterUnits, procedureNames } from './catalog-names.ts'
import type { Formats } from './formats.ts'

/** Balances, costs and receipts, in English: the same words on every screen of web and mobile. */
export const enBalance = {
  meter: {
    name: meterNames(),
    unit: meterUnits({
      image_generations: { one: 'image', other: 'images' },
      ai_tokens: { one: 'token', other: 'tokens' },
      api_calls: { one: 'call', other: 'calls' },
    }),
    left: (f: Formats, remaining: number): string => `${f.number(remaining)} left`,
    units: (f: Formats, meter: string, count: number): string =>
      f.plural(count, enBalance.meter.unit(meter)),
    used: (f: Formats, meter: string, used: number, granted: number): string =>
      `${f.number(used)} of ${f.number(granted)} ${enBalance.meter.units(f, meter, granted)} used`,
    held: (f: Formats, held: number): string => `${f.number(held)} reserved`,
    heldHint: 'Reserved for what is running now. What is not used comes back.',
    unlimited: (f: Formats, meter: string, used: number): string =>
      `Unlimited · ${enBalance.cost.fixed(f, meter, used)} used`,
    overage: (f: Formats, overage: number): string =>
      `${f.number(overage)} over the included amount`,
    overageText:
      'Nothing is billed for what is over. New requests wait until there is a balance again.',
    notIncluded: 'Not in your plan',
    unknown: 'Balance unavailable',
    unknownHint: 'Billing is unavailable right now. Your balance is safe; we keep trying.',
    resets: (f: Formats, iso: string): string => `Resets ${f.date(iso)}`,
    resetsIn: (f: Formats, iso: string, now: Date): string =>
      `Resets ${f.date(iso)}, ${f.relative(iso, now)}`,
    neverResets: 'Does not reset',
    state: {
      ok: 'On track',
      warning: 'Running low',
      critical: 'Almost used up',
      exhausted: 'Used up',
      overage: 'Over the limit',
      unlimited: 'Unlimited',
      unknown: 'Unavailable',
    },
    sources: 'Where they come from',
    sourceOrder: 'What expires first is used first.',
    sourceLeft: (f: Formats, remaining: number, granted: number): string =>
      `${f.number(remaining)} of ${f.number(granted)} left`,
    expires: (f: Formats, iso: string): string => `until ${f.date(iso)}`,
    neverExpires: 'never expire',
    pace: (f: Formats, used: number): string => `At an even pace: ${f.number(used)} by now`,
    runsOut: (f: Formats, iso: string, days: number): string =>
      `At this pace you run out around ${f.date(iso)}, ${f.number(days)} ${f.plural(days, { one: 'day', other: 'days' })} before it resets.`,
  },
  feature: featureNames(),
  procedure: procedureNames({
    'images.generate': 'Image',
    'text.summarize': 'Summary',
    'tools.qrCode': 'QR code',
  }),
  cost: {
    fixed: (f: Formats, meter: string, amount: number): string =>
      `${f.number(amount)} ${enBalance.meter.units(f, meter, amount)}`,
    about: (f: Formats, cost: { meter: string; low: number; high: number }): string =>
      `≈ ${f.number(cost.low)}–${f.number(cost.high)} ${enBalance.meter.units(f, cost.meter, cost.high)}`,
    held: (f: Formats, hold: number): string => `up to ${f.number(hold)} reserved`,
  },
  receipt: {
    line: (f: Formats, used: string, remaining: number | null): string =>
      remaining === null ? `${used} used` : `${used} used · ${f.number(remaining)} left`,
    chargedBefore: 'Same card as before · free',
    replayed: 'This is the answer to your earlier click. You were charged once.',
    notCharged: 'You were not charged.',
    charged: 'It was charged once. Press the button again to get the result; that is free.',
    unknown: 'We are checking whether this was charged.',
    running: 'It is still running.',
  },
}
