import type { CheckoutCopy } from './en-checkout.ts'

/** The texts of the checkout pages, in German. */
export const deCheckout: CheckoutCopy = {
  locale: 'de-DE',
  brand: 'Tollgate-Kasse',
  payment: 'Zahlung',
  testMode: {
    title: 'Testbetrieb',
    text: 'Es wird nichts abgebucht. Dieser Bereich gehört nicht zu einer echten Kasse.',
    decline: 'Abgelehnte Karte simulieren',
  },
  titles: {
    product: (name) => `Kasse: ${name}`,
    invoice: (number) => `Rechnung ${number} bezahlen`,
    method: 'Zahlungsmittel ändern',
  },
  summary: 'Bestellübersicht',
  gives: 'Das bekommen Sie',
  once: 'Einmaliger Kauf',
  renews: (unit, count) => `Abbuchung ${every(unit, count)}, bis Sie kündigen`,
  dueToday: 'Heute fällig',
  owed: (period) => `Für den Zeitraum ab ${period}. Ihr Tarif läuft weiter, sobald bezahlt ist.`,
  methodText: 'Spätere Zahlungen gehen über diese Karte. Jetzt wird nichts abgebucht.',
  card: { label: 'Zahlungsmittel', name: 'Testkarte mit der Endung 4242' },
  consent: {
    once: (amount) =>
      `Mit der Zahlung stimmen Sie zu, dass ${amount} von dieser Karte abgebucht werden.`,
    renewing: (amount, period) =>
      `Mit der Zahlung stimmen Sie zu, dass ${amount} jetzt und ${period} von dieser Karte abgebucht werden, bis Sie kündigen.`,
    trial: (amount, days) =>
      `${days} Tage kostenlos. Danach werden ${amount} von dieser Karte abgebucht, bis Sie kündigen.`,
    method:
      'Mit dem Speichern stimmen Sie zu, dass Ihr Tarif und Ihre Käufe von dieser Karte abgebucht werden.',
  },
  everyPeriod: every,
  pay: (amount) => `${amount} bezahlen`,
  startTrial: 'Kostenlos testen',
  save: 'Karte speichern',
  cancel: 'Abbrechen und zurück',
  payingAs: (name) => `Sie bezahlen als ${name}`,
  guest: 'Gast',
  declined:
    'Die Testkarte wurde abgelehnt. Es wurde nichts abgebucht; Sie können es noch einmal versuchen.',
  closed: {
    title: 'Diese Kasse ist geschlossen',
    declined: 'Die Karte wurde abgelehnt, die Rechnung ist weiter offen.',
    expired:
      'Sie ist zu alt, oder es wurde eine neuere geöffnet. Öffnen Sie in der Anwendung eine neue.',
    cancelled: 'Der Kauf wurde abgebrochen. Öffnen Sie in der Anwendung eine neue Kasse.',
    conflict: 'Es wurde schon bezahlt, oder Ihr Tarif hat sich inzwischen geändert.',
    unknown: 'Unter dieser Adresse gibt es keine Kasse.',
    uncharged: 'Hier wurde nichts abgebucht.',
    back: 'Zurück',
  },
}

const UNITS = {
  day: { one: 'jeden Tag', other: 'Tage' },
  week: { one: 'jede Woche', other: 'Wochen' },
  month: { one: 'jeden Monat', other: 'Monate' },
  year: { one: 'jedes Jahr', other: 'Jahre' },
}

function every(unit: keyof typeof UNITS, count: number): string {
  return count === 1 ? UNITS[unit].one : `alle ${count} ${UNITS[unit].other}`
}
