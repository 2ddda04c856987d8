import { featureNames, meterNames, meterUnits } from './catalog-names.ts'
import { deRefusals } from './de-refusals.ts'
import type { BillingCopy } from './en-billing.ts'

/** What the Studio says about credits, prices and plans, in German. */
export const deBilling: BillingCopy = {
  ...deRefusals,
  meter: {
    name: meterNames({
      image_generations: 'Bilder',
      ai_tokens: 'KI-Token',
      api_calls: 'API-Aufrufe',
    }),
    unit: meterUnits({
      image_generations: { one: 'Bild', other: 'Bilder' },
      ai_tokens: { one: 'Token', other: 'Token' },
      api_calls: { one: 'Aufruf', other: 'Aufrufe' },
    }),
    left: (f, meter, remaining, granted) =>
      `${f.number(remaining)} von ${f.number(granted)} ${deBilling.meter.units(f, meter, granted)} übrig`,
    units: (f, meter, count) => f.plural(count, deBilling.meter.unit(meter)),
    used: (f, used, granted) => `${f.number(used)} von ${f.number(granted)} verbraucht`,
    held: (f, held) => `${f.number(held)} zurückgelegt`,
    heldHint: 'Zurückgelegt für das, was gerade läuft. Nicht Gebrauchtes kommt zurück.',
    unlimited: (f, used) => `Unbegrenzt · ${f.number(used)} verbraucht`,
    overage: (f, overage) => `${f.number(overage)} über dem Enthaltenen`,
    notIncluded: 'Nicht in Ihrem Tarif',
    unknown: 'Stand nicht verfügbar',
    unknownHint:
      'Die Abrechnung antwortet gerade nicht. Ihr Guthaben ist sicher; wir fragen weiter.',
    resets: (f, iso) => `Erneuert am ${f.date(iso)}`,
    resetsIn: (f, iso, now) => `Erneuert am ${f.date(iso)}, ${f.relative(iso, now)}`,
    neverResets: 'Wird nicht erneuert',
    valueText: (_f, text) => `${text.used}, ${text.resets}`,
    state: {
      ok: 'Im Rahmen',
      warning: 'Wird knapp',
      critical: 'Fast verbraucht',
      exhausted: 'Verbraucht',
      overage: 'Über dem Limit',
      unlimited: 'Unbegrenzt',
      unknown: 'Nicht verfügbar',
    },
    sources: 'Woher Ihr Guthaben kommt',
    sourceOrder: 'Was zuerst verfällt, wird zuerst verbraucht.',
    sourceLeft: (f, remaining, granted) => `${f.number(remaining)} von ${f.number(granted)} übrig`,
    expires: (f, iso) => `bis ${f.date(iso)}`,
    neverExpires: 'verfällt nicht',
    pace: (f, used) => `Bei gleichmäßigem Tempo bisher: ${f.number(used)}`,
    runsOut: (f, iso, days) =>
      `Bei diesem Tempo reicht es bis etwa ${f.date(iso)}, ${f.number(days)} ${f.plural(days, { one: 'Tag', other: 'Tage' })} vor der Erneuerung.`,
  },
  cost: {
    fixed: (f, amount) =>
      `${f.number(amount)} ${f.plural(amount, { one: 'Credit', other: 'Credits' })}`,
    about: (f, cost) =>
      `≈ ${f.number(cost.low)}–${f.number(cost.high)} ${deBilling.meter.units(f, cost.meter, cost.high)}`,
    held: (f, hold) => `max. ${f.number(hold)} zurückgelegt`,
  },
  receipt: {
    line: (f, receipt) =>
      receipt.remaining === null
        ? `Kosten ${f.number(receipt.amount)}`
        : `Kosten ${f.number(receipt.amount)}, ${f.number(receipt.remaining)} übrig`,
    replayed: 'Das ist die Antwort auf Ihren früheren Klick. Er wurde einmal berechnet.',
    notCharged: 'Es wurde nichts berechnet.',
    charged:
      'Es wurde einmal berechnet. Drücken Sie noch einmal, um das Ergebnis kostenlos zu holen.',
    unknown: 'Wir prüfen, ob das berechnet wurde.',
    running: 'Es läuft noch.',
  },
  progress: {
    long: 'Das dauert länger als sonst. Guthaben ist nur zurückgelegt, bis es fertig ist.',
  },
  usage: {
    title: 'Verbrauch',
    lead: 'Was Sie haben, was Sie verbraucht haben und was jeder Aufruf kostete.',
    history: 'Je Tag',
    historyLead: 'Letzte 30 Tage, nach UTC-Tagen',
    historyEmpty: 'Noch nichts verbraucht. Der erste Aufruf erscheint hier sofort.',
    asTable: 'Als Tabelle',
    asChart: 'Als Diagramm',
    day: 'Tag',
    total: (f, total, units) => `${f.number(total)} ${units}`,
    activity: 'Verlauf',
    activityLead: 'Ihr eigenes Kontobuch: jeder Aufruf, sein Preis und was übrig blieb.',
    activityEmptyTitle: 'Noch keine Aufrufe',
    activityEmptyText: 'Was Sie erstellen, steht hier mit seinem Preis.',
    operation: 'Vorgang',
    when: 'Wann',
    status: 'Status',
    cost: 'Kosten',
    balance: 'Stand',
    statuses: { held: 'Läuft', charged: 'Berechnet', released: 'Nicht berechnet' },
    more: 'Mehr anzeigen',
    csv: 'Als CSV',
    all: 'Alle',
    filter: 'Zähler',
    procedures: {
      'images.generate': 'Bild',
      'text.summarize': 'Zusammenfassung',
      'tools.qrCode': 'QR-Code',
    },
  },
  plans: {
    title: 'Tarife',
    lead: 'Wechseln Sie, wann Sie wollen. Sie sehen vorher, was es kostet und ab wann es gilt.',
    current: 'Ihr Tarif',
    topups: 'Einmalig aufladen',
    topupsLead: 'Verfällt nicht und wird nach dem monatlichen Guthaben verbraucht.',
    perMonth: 'im Monat',
    perYear: 'im Jahr',
    once: 'einmalig',
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
    feature: featureNames({
      unlimited_api_calls: 'Unbegrenzte API-Aufrufe',
      hd_images: 'HD-Bilder',
    }),
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
    signInFirst: 'Melden Sie sich an oder gehen Sie als Gast weiter, um einen Tarif zu wählen.',
  },
  checkout: {
    failedTitle: 'Die Kasse ließ sich nicht öffnen',
    waitingTitle: 'Zahlung eingegangen, Guthaben wird gutgeschrieben…',
    waitingText: 'Das dauert ein paar Sekunden. Ihr Entwurf ist, wo Sie ihn gelassen haben.',
    arrivedTitle: 'Ihr Guthaben ist da',
    arrivedText:
      'Ihr Entwurf ist noch da. Machen Sie weiter, wenn Sie so weit sind; inzwischen lief nichts.',
    arrivedPlain: 'Alles ist bereit.',
    continue: 'Weiter',
    lateTitle: 'Ihre Zahlung braucht länger als sonst',
    lateText: 'Es geht nichts verloren. Das Guthaben erscheint, sobald die Zahlung bestätigt ist.',
    checkAgain: 'Noch einmal prüfen',
    cancelledTitle: 'Der Kauf wurde abgebrochen',
    cancelledText: 'Es wurde nichts berechnet. Ihr Entwurf ist, wo Sie ihn gelassen haben.',
    close: 'Schließen',
  },
  alerts: {
    title: 'Hinweise und Nachkauf',
    from: 'Sagen Sie mir Bescheid ab',
    never: 'Erst wenn fast alles weg ist',
    topUp: 'Automatisches Aufladen ist aus.',
    topUpText: 'Es wird nie etwas gekauft, außer Sie drücken einen Knopf, der seinen Preis nennt.',
  },
  spending: {
    title: 'Ihre Monatslimits',
    lead: 'Eine eigene Grenze, was immer Sie gekauft haben. Was sie überschritte, wird abgelehnt, bevor es läuft. Monate zählen in UTC.',
    label: (name) => `${name}: Monatslimit`,
    none: 'Kein Limit',
    set: 'Limit setzen',
    change: 'Limit ändern',
    remove: 'Limit entfernen',
    spent: (f, told) =>
      `${f.number(told.spent)} von ${f.number(told.cap)} diesen Monat verbraucht. Beginnt neu am ${f.utcDate(told.resetsAt)}.`,
    failed: 'Das Limit wurde nicht geändert. Bitte versuchen Sie es noch einmal.',
  },
  banner: {
    label: 'Hinweis',
    offline: 'Sie sind offline. Es wird nichts gesendet und nichts berechnet, bis Sie zurück sind.',
    unavailable: 'Die Abrechnung antwortet nicht. Der Stand kann veraltet sein.',
    past_due: 'Ihre letzte Zahlung schlug fehl. Erneuern Sie sie, um Ihren Tarif zu behalten.',
    exhausted: (f, units, resetsAt) =>
      resetsAt ? `Keine ${units} mehr bis ${f.date(resetsAt)}.` : `Keine ${units} mehr.`,
    critical: (f, remaining, units) => `Nur noch ${f.number(remaining)} ${units} übrig.`,
    warning: (f, percent, name) => `${f.percent(percent)} verbraucht: ${name}.`,
    cancelling: (f, iso) => `Ihr Tarif endet am ${f.date(iso)}.`,
    overage: (f, overage, units) => `${f.number(overage)} ${units} über dem Enthaltenen.`,
  },
}
