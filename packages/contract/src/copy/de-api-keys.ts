import type { enApiKeys } from './en-api-keys.ts'

/** The page of API keys, in German. */
export const deApiKeys: typeof enApiKeys = {
  apiKeys: {
    title: 'API-Schlüssel',
    lead: 'Ein Programm mit einem Schlüssel handelt für Sie: Was es erzeugt, geht von Ihrem Guthaben ab.',
    teamLead:
      'Was Programme mit diesen Schlüsseln erzeugen, zahlt die Organisation. Sie bleiben, wenn ein Mitglied geht.',
    open: 'API-Schlüssel verwalten',
    guestTitle: 'API-Schlüssel brauchen ein Konto',
    guestText:
      'Ein Gastzugang endet mit seinem Browser. Legen Sie ein Konto an, um Schlüssel zu erstellen; Ihr Guthaben bleibt.',
    create: 'Schlüssel erstellen',
    createTitle: 'Neuer Schlüssel',
    name: 'Name',
    namePlaceholder: 'Etikettendrucker',
    procedures: 'Darf aufrufen',
    meters: 'Darf verbrauchen',
    scopeHint: 'Ist alles gewählt, gehört auch dazu, was später hinzukommt.',
    scopeMissing: 'Wählen Sie mindestens eines',
    expiry: 'Gültig für',
    days: (f, days) => `${f.number(days)} Tage`,
    never: 'Ohne Ende',
    failed: 'Der Schlüssel wurde nicht erstellt. Bitte versuchen Sie es noch einmal.',
    personalOnly:
      'Nur wer für diese Organisation zahlt, erstellt ihre Schlüssel. Fragen Sie einen Inhaber oder wechseln Sie zu Ihrem persönlichen Konto.',
    createdTitle: 'Kopieren Sie Ihren Schlüssel jetzt',
    createdText:
      'Er wird nur dieses eine Mal gezeigt. Verwahren Sie ihn wie ein Passwort, nie in einer Seite oder App.',
    secret: 'Geheimer Schlüssel',
    copy: 'Schlüssel kopieren',
    copied: 'Kopiert',
    done: 'Ich habe ihn kopiert',
    listTitle: 'Ihre Schlüssel',
    reading: 'Ihre Schlüssel werden gelesen…',
    empty: 'Noch keine Schlüssel.',
    unread: 'Ihre Schlüssel konnten nicht gelesen werden.',
    again: 'Noch einmal',
    hint: (hint) => `endet auf ${hint}`,
    everything: 'Alles, was angeboten wird',
    scope: (names) => `Nur ${names.join(', ')}`,
    createdAt: (f, iso) => `Erstellt am ${f.date(iso)}`,
    expires: (f, iso) => `gültig bis ${f.date(iso)}`,
    expired: (f, iso) => `abgelaufen am ${f.date(iso)}`,
    endless: 'ohne Ende',
    lastUsed: (f, iso) => `zuletzt benutzt ${f.moment(iso)}`,
    unused: 'noch nicht benutzt',
    revoke: 'Widerrufen',
    revokeOf: (name) => `${name} widerrufen`,
    revokeTitle: (name) => `„${name}“ widerrufen?`,
    revokeText:
      'Programme, die ihn benutzen, werden sofort abgewiesen. Das lässt sich nicht rückgängig machen.',
    keep: 'Behalten',
    revokeFailed: 'Der Schlüssel wurde nicht widerrufen. Bitte versuchen Sie es noch einmal.',
  },
}
