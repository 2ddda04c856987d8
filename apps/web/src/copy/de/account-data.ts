import type { Copy } from '../en.ts'

/** A customer's data: downloading it, and deleting the account or the team. */
export const deAccountData: Pick<Copy, 'accountData'> = {
  accountData: {
    title: 'Ihre Daten',
    lead: 'Laden Sie herunter, was über Sie gespeichert ist, oder löschen Sie das Konto.',
    open: 'Herunterladen oder löschen',
    download: 'Herunterladen, was über Sie gespeichert ist',
    downloadTeam: 'Herunterladen, was über das Team gespeichert ist',
    downloadHint:
      'Ein JSON-Objekt je Zeile: Konto, Sitzungen, Schlüssel ohne ihre Geheimnisse, Rechnungen und jeder Vorgang mit signiertem Beleg.',
    save: 'Herunterladen',
    deleteTitle: 'Konto löschen',
    deleteTeamTitle: 'Team löschen',
    deleteHint: 'Endgültig. Rechnungen und Beträge bleiben erhalten, ohne Ihren Namen.',
    lost: 'Was verloren geht',
    noCredits: 'Der Rest Ihres Tarifs. Anderes Guthaben haben Sie nicht.',
    lostCredits: (credits) => `${credits} ohne Ablauf und der Rest Ihres Tarifs`,
    lostResults: 'Alle noch aufbewahrten Ergebnisse',
    lostKeys: 'Alle API-Schlüssel: Programme damit kommen sofort nicht mehr weiter',
    lostMembers: 'Der Zugang aller Mitglieder; ihre eigenen Konten bleiben',
    confirm: 'Endgültig löschen',
    asking: { own: 'Dieses Konto löschen?', team: 'Dieses Team löschen?' },
    understood: 'Mir ist klar, dass sich das nicht rückgängig machen lässt.',
    keep: 'Behalten',
    blocked: {
      plan: {
        title: 'Ihr Tarif würde sich verlängern',
        text: 'Kündigen Sie ihn zuerst. Er muss noch nicht abgelaufen sein.',
      },
      checkout: {
        title: 'Ein Bezahlvorgang ist noch offen',
        text: 'Brechen Sie ihn dort ab: Derselbe Knopf auf der Seite der Tarife öffnet ihn wieder. Sonst endet er von selbst innerhalb eines Tages.',
      },
      organizations: {
        title: 'Ein Team hätte keinen Inhaber mehr',
        text: 'Machen Sie jemand anderen zum Inhaber, oder löschen Sie zuerst das Team.',
      },
    },
    toBilling: 'Tarif kündigen',
    toPlans: 'Zu den Tarifen',
    checkAgain: 'Erneut prüfen',
    members: (team) => `Mitglieder von ${team}`,
    deleteTeam: (team) => `${team} löschen`,
    notOwner: 'Für das Team kann das nur ein Inhaber',
    notOwnerText:
      'Fragen Sie einen Inhaber, oder wechseln Sie für Ihre eigenen Daten zu Ihrem eigenen Konto.',
    toOwn: 'Zum eigenen Konto wechseln',
    unread: 'Was das Löschen bedeuten würde, konnte nicht gelesen werden.',
    again: 'Erneut versuchen',
    failed: 'Es wurde nichts gelöscht. Bitte versuchen Sie es noch einmal.',
    deleted: 'Ihr Konto ist gelöscht',
    deletedText:
      'Sie sind abgemeldet. Was anderswo gespeichert ist, wird innerhalb einer Minute entfernt.',
    teamDeleted: 'Das Team ist gelöscht',
    teamDeletedText: 'Sie handeln wieder für Ihr eigenes Konto.',
  },
}
