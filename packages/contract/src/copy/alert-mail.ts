import type { Alert, AlertLanguage } from '../alert.ts'
import { deMeterUnits } from './de-meter-units.ts'
import { enBalance } from './en-balance.ts'
import { createFormats } from './formats.ts'

/** The text of an alert e-mail, in the reader's language. Dates are in UTC: a server does not know the reader's time zone. */
export function alertMail(
  alert: Pick<Alert, 'meter' | 'threshold' | 'used' | 'granted' | 'resetsAt'>,
  to: { language: AlertLanguage; usageUrl: string; settingsUrl: string },
): { subject: string; text: string } {
  const f = createFormats(to.language, 'UTC')
  const t = TEXTS[to.language]
  const units = f.plural(alert.granted, t.units(alert.meter))
  const subject = t.subject(f.percent(alert.threshold), units)
  const facts = t.facts(f.number(alert.used), `${f.number(alert.granted)} ${units}`)
  const resets = alert.resetsAt === null ? '' : ` ${t.resets(f.utcDate(alert.resetsAt))}`
  const text = [
    `${facts}${resets}`,
    `${t.usage}\n${to.usageUrl}`,
    `${t.settings}\n${to.settingsUrl}`,
  ].join('\n\n')
  return { subject, text: `${text}\n` }
}

const EN = {
  units: enBalance.meter.unit,
  subject: (percent: string, units: string) => `You have used ${percent} of your ${units}`,
  facts: (used: string, granted: string) =>
    `You have used ${used} of ${granted} in this billing period.`,
  resets: (date: string) => `Your credits reset on ${date}.`,
  usage: 'See what you used:',
  settings: 'Choose what you are alerted of:',
}

const TEXTS: Record<AlertLanguage, typeof EN> = {
  en: EN,
  de: {
    units: deMeterUnits,
    subject: (percent, units) => `${percent} Ihrer ${units} verbraucht`,
    facts: (used, granted) =>
      `Sie haben ${used} von ${granted} in diesem Abrechnungszeitraum verbraucht.`,
    resets: (date) => `Ihr Guthaben erneuert sich am ${date}.`,
    usage: 'Ihr Verbrauch:',
    settings: 'Auswählen, wovon Sie benachrichtigt werden:',
  },
}
