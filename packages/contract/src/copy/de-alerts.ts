import type { enAlerts } from './en-alerts.ts'

/** Alerts and alert settings, in German. */
export const deAlerts: typeof enAlerts = {
  bell: {
    label: (f, unread) => (unread === 0 ? 'Hinweise' : `Hinweise, ${f.number(unread)} ungelesen`),
    title: 'Hinweise',
    empty:
      'Keine Hinweise. Sie erhalten einen, wenn so viel Ihres Guthabens verbraucht ist, wie Sie gewählt haben.',
    unavailable: 'Ihre Hinweise konnten nicht gelesen werden.',
    used: (f, used, granted) => `${f.number(used)} von ${f.number(granted)} verbraucht`,
    resets: (f, iso) => `erneuert am ${f.date(iso)}`,
    hide: 'Ausblenden',
    reading: 'Ihre Hinweise werden gelesen…',
    dismiss: (title) => `Ausblenden: ${title}`,
    close: 'Schließen',
  },
  alerts: {
    title: 'Hinweise und Nachkauf',
    preferences: 'Wann ein Hinweis kommt',
    notSaved: 'Ihre Auswahl wurde nicht gespeichert. Bitte versuchen Sie es noch einmal.',
    from: 'Hinweis, wenn verbraucht sind',
    once: 'Sie erhalten einen Hinweis je Zähler und Abrechnungszeitraum, in der Liste hinter der Glocke.',
    onlyOwners:
      'Welche Hinweise es gibt, wählen Inhaber und für die Abrechnung zuständige Mitglieder der Organisation.',
    email: (address) => `Auch per E-Mail an ${address}`,
    unverified:
      'Diese Adresse ist nicht bestätigt, deshalb wird nichts an sie gesendet. Das Konto dieser Adresse bestätigt sie mit einem Link.',
    webhook: 'Webhook',
    webhookHint:
      'Hinweise werden auch an diese Adresse gesendet, signiert. Verwenden Sie eine öffentliche https://-Adresse.',
    webhookSave: 'Webhook speichern',
    webhookRemove: 'Webhook entfernen',
    webhookSecret: 'Geheimnis der Signatur:',
    failed:
      'Ihre Auswahl wurde nicht gespeichert. Prüfen Sie die Adresse und versuchen Sie es noch einmal.',
    summary: (f, percent) =>
      percent === null ? 'keine Hinweise' : `Hinweise ab ${f.percent(percent)}`,
    change: 'Ändern, ab wann ein Hinweis kommt',
    topUp: 'Automatisches Aufladen ist aus.',
    topUpText: 'Es wird nie etwas gekauft, außer Sie drücken einen Knopf, der seinen Preis nennt.',
  },
}
