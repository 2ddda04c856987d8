import type { Copy } from '../en.ts'

/** Plans, top-ups and the checkout. */
export const dePlans: Pick<Copy, 'plans' | 'checkout'> = {
  plans: {
    title: 'Tarife',
    lead: 'Wechseln Sie, wann Sie wollen. Preis und Beginn sehen Sie, bevor Sie bestätigen.',
    current: 'Ihr Tarif',
    topups: 'Einmaliges Guthaben',
    topupsLead: 'Verfällt nicht und wird nach dem monatlichen Guthaben verbraucht.',
    perMonth: 'im Monat',
    perYear: 'im Jahr',
    once: 'einmalig',
    buy: 'Kaufen',
    free: 'Kostenlos',
    grant: (f, amount, units, renews) =>
      renews ? `${f.number(amount)} ${units} im Monat` : `${f.number(amount)} ${units}`,
    verbs: {
      upgrade: (name) => `Auf ${name} wechseln`,
      downgrade: (name) => `Zu ${name} wechseln`,
      subscribe: (name) => `${name} nehmen`,
      current: () => 'Ihr Tarif',
      scheduled: () => 'Vorgemerkt',
      buy: (name) => `${name} kaufen`,
    },
    previewTitle: (name) => `Zu ${name} wechseln?`,
    dueNow: 'Heute fällig',
    takesEffect: 'Gilt ab',
    atOnce: 'Sofort',
    confirm: 'Wechsel bestätigen',
    toCheckout: 'Weiter zur Kasse',
    back: 'Jetzt nicht',
    cancel: 'Tarif kündigen',
    cancelTitle: 'Tarif kündigen?',
    cancelText: (f, iso) =>
      iso
        ? `Sie behalten alles bis ${f.date(iso)}. Danach gilt der kostenlose Tarif. Bis dahin können Sie es rückgängig machen.`
        : 'Sie behalten alles bis zum Ende des Zeitraums. Bis dahin können Sie es rückgängig machen.',
    confirmCancel: 'Zum Ende des Zeitraums kündigen',
    keep: 'Tarif behalten',
    endsOn: (f, iso) => `Endet am ${f.date(iso)}`,
    renewsOn: (f, iso) => `Erneuert am ${f.date(iso)}`,
    startsOn: (f, iso) => `Beginnt am ${f.date(iso)}`,
    signInFirst: 'Anmelden oder als Gast weiter',
  },
  checkout: {
    failedTitle: 'Die Kasse ließ sich nicht öffnen',
    waiting: {
      title: 'Zahlung eingegangen, Guthaben wird gutgeschrieben…',
      text: 'Das dauert ein paar Sekunden. Ihr Entwurf ist, wo Sie ihn gelassen haben.',
    },
    arrived: {
      title: 'Guthaben gutgeschrieben',
      text: 'Ihr Entwurf wartet; während Sie weg waren, lief nichts.',
    },
    done: {
      open_invoice: {
        title: 'Rechnung bezahlt',
        text: 'Ihr Tarif läuft weiter, und sein Guthaben ist zurück. Während Sie weg waren, lief nichts.',
      },
      payment_method: {
        title: 'Zahlungsmittel gespeichert',
        text: 'Spätere Zahlungen gehen darüber. Jetzt wurde nichts abgebucht.',
      },
    },
    arrivedPlain: 'Alles ist bereit.',
    continue: 'Weiter',
    late: {
      title: 'Ihre Zahlung braucht länger als sonst',
      text: 'Es geht nichts verloren. Das Guthaben erscheint, sobald die Zahlung bestätigt ist.',
    },
    checkAgain: 'Noch einmal prüfen',
    cancelled: {
      title: 'Der Kauf wurde abgebrochen',
      text: 'Es wurde nichts berechnet. Ihr Entwurf ist, wo Sie ihn gelassen haben.',
    },
    close: 'Schließen',
  },
}
