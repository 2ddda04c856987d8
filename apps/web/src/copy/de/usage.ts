import type { Copy } from '../en.ts'

/** The usage page. */
export const deUsage: Pick<Copy, 'usage' | 'alerts' | 'spending'> = {
  usage: {
    title: 'Verbrauch',
    views: { label: 'Ansichten des Verbrauchs', overview: 'Übersicht', settings: 'Einstellungen' },
    plan: 'Tarif',
    billingPeriod: 'Abrechnungszeitraum',
    span: (f, from, until) => `${f.date(from)} – ${f.date(until)}`,
    spent: 'Ausgaben im Zeitraum',
    history: 'Je Tag',
    historyLead: 'Letzte 30 Tage, nach UTC-Tagen',
    historyEmpty: 'Noch nichts verbraucht. Der erste Aufruf erscheint hier sofort.',
    asTable: 'Als Tabelle',
    asChart: 'Als Diagramm',
    day: 'Tag',
    pace: 'Worauf heute beim Tempo der letzten 7 Tage hinausläuft',
    projectedDay: (date, used) => `${date}: etwa ${used} bei diesem Tempo`,
    total: (f, total, units) => `${f.number(total)} ${units}`,
    activity: 'Verlauf',
    activityLead: 'Jeder Aufruf, jede Änderung Ihres Guthabens und was übrig blieb.',
    activityEmptyTitle: 'Noch keine Einträge',
    activityEmptyText: 'Was Sie erstellen, steht hier mit seinem Preis.',
    operation: 'Vorgang',
    when: 'Wann',
    status: 'Status',
    cost: 'Kosten',
    balance: 'Stand',
    statuses: {
      held: 'Läuft',
      charged: 'Berechnet',
      released: 'Nicht berechnet',
      plan: 'Aus Ihrem Tarif',
      purchase: 'Gekauft',
      grant: 'Gutgeschrieben',
      refund: 'Erstattet',
      expiry: 'Verfallen',
      adjustment: 'Angepasst',
    },
    change: 'Guthabenänderung',
    more: 'Mehr anzeigen',
    csv: 'Als CSV',
    all: 'Alle',
    filter: 'Zähler',
  },
  alerts: {
    title: 'Hinweise und Nachkauf',
    from: 'Sagen Sie mir Bescheid ab',
    summary: (f, percent) => `Hinweis ab ${f.percent(percent)}`,
    change: 'Ändern, ab wann ein Hinweis kommt',
    topUp: 'Automatisches Aufladen ist aus.',
    topUpText: 'Es wird nie etwas gekauft, außer Sie drücken einen Knopf, der seinen Preis nennt.',
  },
  spending: {
    summary: (f, month) => `Monatslimit: ${f.number(month.spent)} von ${f.number(month.cap)}`,
    summaryNone: 'Kein Monatslimit',
    edit: 'Bearbeiten',
    close: 'Schließen',
    consent:
      'Anfragen über Ihrem Limit werden blockiert, bevor sie laufen. Ein Limit kauft nichts und wird nie berechnet. Monate zählen in UTC.',
    beyond: (amount, granted) =>
      `${amount} mehr als die ${granted}, die Sie in diesem Zeitraum haben: Ein Limit fügt nichts hinzu, diese müssten erst gekauft werden.`,
    topUp: (f, topUp) =>
      topUp.packs === 1
        ? `${topUp.name} kosten einmalig ${f.money(topUp.amount, topUp.currency)}.`
        : `${f.number(topUp.packs)} × ${topUp.name} kosten einmalig ${f.money(topUp.amount, topUp.currency)}.`,
    label: (name) => `${name}: Monatslimit`,
    none: 'Kein Limit',
    set: 'Limit setzen',
    change: 'Limit ändern',
    remove: 'Limit entfernen',
    spent: (f, month) =>
      `${f.number(month.spent)} von ${f.number(month.cap)} diesen Monat verbraucht. Erneuert am ${f.utcDate(month.resetsAt)}.`,
    failed: 'Das Limit wurde nicht geändert. Bitte versuchen Sie es noch einmal.',
  },
}
