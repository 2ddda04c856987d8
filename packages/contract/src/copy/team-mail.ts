import type { AlertLanguage } from '../alert.ts'
import { deMeterUnits } from './de-meter-units.ts'
import { enBalance } from './en-balance.ts'

/** The text of an e-mail about an invitation or a request, in the reader's language; names are as people entered them. */
export function teamMail(mail: {
  language: AlertLanguage
  team: string
  /** The person who invites or asks. */
  from: string
  about: { kind: 'invitation' } | { kind: 'purchase' | 'raise_limit'; meter: string | null }
  /** The page on which it is accepted or answered. */
  url: string
}): { subject: string; text: string } {
  const { language, about, url } = mail
  const [team, from] = [oneLine(mail.team), oneLine(mail.from)]
  const t = TEXTS[language]
  if (about.kind === 'invitation') {
    return { subject: t.invited(from, team), text: `${t.accept}\n${url}\n\n${t.expected}\n` }
  }
  const units = about.meter === null ? null : t.units(about.meter).other
  const asked = about.kind === 'purchase' ? t.asksToBuy(from, units) : t.asksToRaise(from, units)
  return { subject: t.asked(from, team), text: `${asked}\n\n${t.answer}\n${url}\n` }
}

/** Keeps a name to one line of an e-mail. */
function oneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim()
}

const EN = {
  units: enBalance.meter.unit,
  invited: (from: string, team: string) => `${from} invites you to ${team}`,
  accept: 'Join with an account of this address. The link works for 7 days:',
  expected: 'If you did not expect this, there is nothing you need to do.',
  asked: (from: string, team: string) => `${from} asks for more in ${team}`,
  asksToBuy: (from: string, units: string | null) =>
    `${from} asks you to buy ${units ?? 'credits'}.`,
  asksToRaise: (from: string, units: string | null) =>
    `${from} has reached a limit and asks you to raise it${units === null ? '' : `: ${units}`}.`,
  answer: 'Answer on the page of the team:',
}

const TEXTS: Record<AlertLanguage, typeof EN> = {
  en: EN,
  de: {
    units: deMeterUnits,
    invited: (from, team) => `${from} lädt Sie zu ${team} ein`,
    accept: 'Treten Sie mit einem Konto dieser Adresse bei. Der Link gilt 7 Tage:',
    expected: 'Falls Sie das nicht erwartet haben, müssen Sie nichts tun.',
    asked: (from, team) => `${from} bittet um mehr in ${team}`,
    asksToBuy: (from, units) => `${from} bittet Sie, zu kaufen: ${units ?? 'Guthaben'}.`,
    asksToRaise: (from, units) =>
      `${from} hat ein Limit erreicht und bittet um ein höheres${units === null ? '' : `: ${units}`}.`,
    answer: 'Antworten Sie auf der Seite des Teams:',
  },
}
