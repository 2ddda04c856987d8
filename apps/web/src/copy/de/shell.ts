import type { Copy } from '../en.ts'

/** The frame of every page: navigation, banner, loading. */
export const deShell: Pick<
  Copy,
  'brand' | 'skip' | 'nav' | 'banner' | 'offlineButton' | 'loading' | 'progress' | 'notFound'
> = {
  brand: 'Tollgate Studio',
  skip: 'Zum Inhalt',
  nav: {
    label: 'Hauptmenü',
    images: 'Bilder',
    text: 'Text',
    qr: 'QR-Code',
    usage: 'Verbrauch',
    plans: 'Tarife',
  },
  banner: {
    label: 'Hinweis',
    upgrade: 'Tarif wechseln',
    offline: 'Sie sind offline. Es wird nichts gesendet und nichts berechnet, bis Sie zurück sind.',
    reconnecting: (f, iso) => `Verbindung wird wiederhergestellt, Stand von ${f.time(iso)}`,
    stale: (f, iso) => `Stand von ${f.time(iso)}`,
    unavailable: 'Die Abrechnung ist nicht erreichbar. Der Stand kann veraltet sein.',
    past_due: 'Ihre letzte Zahlung schlug fehl. Erneuern Sie sie, um Ihren Tarif zu behalten.',
    exhausted: (f, units, resetsAt) =>
      resetsAt ? `Keine ${units} mehr bis ${f.date(resetsAt)}.` : `Keine ${units} mehr.`,
    critical: (f, remaining, units) => `Nur noch ${f.number(remaining)} ${units} übrig.`,
    warning: (f, percent, units) => `${f.percent(percent)} Ihrer ${units} verbraucht.`,
    cancelling: (f, iso) => `Ihr Tarif endet am ${f.date(iso)}.`,
    overage: (f, overage, units) => `${f.number(overage)} ${units} über dem Enthaltenen.`,
  },
  offlineButton: 'Sie sind offline',
  loading: 'Lädt',
  progress: {
    long: 'Das dauert länger als sonst. Was es kosten kann, ist nur reserviert, bis es fertig ist.',
  },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Die Seite wurde vielleicht verschoben.',
    home: 'Zurück zum Studio',
  },
}
