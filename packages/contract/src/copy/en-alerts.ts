import type { Formats } from './formats.ts'

/** Alerts and alert settings, in English. */
export const enAlerts = {
  bell: {
    label: (f: Formats, unread: number) =>
      unread === 0 ? 'Alerts' : `Alerts, ${f.number(unread)} unread`,
    title: 'Alerts',
    empty: 'No alerts. You get one when you have used as much of your credits as you chose.',
    unavailable: 'Your alerts could not be read.',
    used: (f: Formats, used: number, granted: number) =>
      `${f.number(used)} of ${f.number(granted)} used`,
    resets: (f: Formats, iso: string) => `resets ${f.date(iso)}`,
    hide: 'Dismiss',
    reading: 'Reading your alerts…',
    dismiss: (title: string) => `Dismiss: ${title}`,
    close: 'Close',
  },
  alerts: {
    title: 'Alerts and top-ups',
    preferences: 'When to be alerted',
    notSaved: 'Your choice was not saved. Please try again.',
    from: 'Alert me when I have used',
    once: 'You are alerted once per meter and billing period, in the list behind the bell.',
    onlyOwners: 'Owners and billing members of the organization choose which alerts there are.',
    email: (address: string) => `Also by email to ${address}`,
    unverified:
      'This address is not verified, so nothing is sent to it. The account of this address verifies it by a link.',
    webhook: 'Webhook',
    webhookHint: 'Alerts are also posted to this address, signed. Use a public https:// address.',
    webhookSave: 'Save webhook',
    webhookRemove: 'Remove webhook',
    webhookSecret: 'Signing secret:',
    failed: 'Your choice was not saved. Check the address and try again.',
    summary: (f: Formats, percent: number | null) =>
      percent === null ? 'no alerts' : `alerts from ${f.percent(percent)}`,
    change: 'Change when to be alerted',
    topUp: 'Automatic top-up is off.',
    topUpText: 'Nothing is ever bought unless you press a button that says its price.',
  },
}
