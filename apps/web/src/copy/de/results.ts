import { RESULT_KEPT_MS } from '@tollgate/contract'
import type { Copy } from '../en.ts'

/** Paid results: lists of them, and one operation from its hold to its settlement. */
export const deResults: Pick<Copy, 'results' | 'operation'> = {
  results: {
    earlier: 'Früher',
    keptUntil: (f, until) => `Aufbewahrt bis ${f.moment(until)}`,
    open: (title) => `${title} öffnen`,
    download: (title) => `${title} herunterladen`,
    more: 'Mehr anzeigen',
    failed: 'Ihre früheren Ergebnisse konnten nicht gelesen werden.',
    gone: 'Nicht mehr vorhanden',
    goneText: (f) => `Ergebnisse werden ${f.duration(RESULT_KEPT_MS / 1000)} lang aufbewahrt.`,
    partial: 'Vorzeitig beendet. Berechnet wurde nur, was Sie sehen.',
    ranOut: (cost) =>
      `Hier endete Ihr Guthaben oder Limit. Der Rest hätte höchstens ${cost} gekostet.`,
    running: 'Ihr vorheriger Aufruf läuft noch. Sein Ergebnis erscheint hier.',
  },
  operation: {
    details: (name) => `Details zu ${name}`,
    id: 'Vorgangs-ID',
    entryId: 'Eintrags-ID',
    held: 'Reserviert am',
    settled: 'Abgerechnet am',
    released: 'Freigegeben am',
    took: 'Dauer',
    running: 'läuft noch',
    meter: 'Zähler',
    reserved: 'Reserviert',
    charged: 'Berechnet',
    left: 'Stand danach',
    chargedBy: 'Berechnet mit Vorgang',
    madeBy: 'Von',
    madeWith: 'API-Schlüssel',
    former: { member: 'Früheres Mitglied', key: 'Früherer API-Schlüssel' },
    result: 'Ergebnis',
    noResult: 'Es wurde nichts berechnet, daher gibt es kein Ergebnis.',
    openPage: 'Auf der Seite öffnen',
    print: 'Beleg drucken',
    signedReceipt: 'Signierten Beleg herunterladen',
    close: 'Schließen',
    failed: 'Die Details konnten nicht gelesen werden.',
    again: 'Erneut versuchen',
    changed: 'Guthaben',
    seconds: (f, seconds) => `${f.number(seconds)} s`,
  },
}
