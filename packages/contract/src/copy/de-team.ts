import type { enTeam } from './en-team.ts'

/** Organizations, in German. */
export const deTeam: typeof enTeam = {
  team: {
    title: 'Team',
    lead: 'Ein Team teilt sich ein Guthaben. Ihr eigenes Konto behalten Sie daneben.',
    guest:
      'Ein Team braucht Menschen, die sich wieder anmelden können. Legen Sie zuerst ein Konto an; was Sie haben, bleibt Ihnen.',
    actFor: 'Handeln für',
    own: (name) => `${name} (eigenes Konto)`,
    switching: 'Konto wird gewechselt…',
    switched: {
      title: (name) => `In einem anderen Fenster handeln Sie für ${name}`,
      text: (name) =>
        `Dieses Fenster zeigt noch ${name}, und von hier wird nichts berechnet. Was Sie getippt haben, bleibt beim Wechseln.`,
      follow: 'Auch hier wechseln',
    },
    noAnswer: 'Der Server antwortet nicht. Er wird gefragt, bis er es tut.',
    open: 'Mitglieder und Anfragen',
    reading: 'Das Team wird gelesen…',
    unread: 'Das Team konnte nicht gelesen werden.',
    manage: 'Teams verwalten',
    none: 'Sie gehören noch zu keinem Team.',
    create: 'Team gründen',
    createHint: 'Es beginnt im kostenlosen Tarif, mit eigenem Guthaben.',
    name: 'Name des Teams',
    members: 'Mitglieder',
    you: 'Sie',
    role: (name) => `Rolle von ${name}`,
    roles: { owner: 'Inhaber', billing: 'Abrechnung', member: 'Mitglied', viewer: 'Nur lesen' },
    roleHints: {
      owner: 'Darf alles',
      billing: 'Gibt aus, kauft und sieht Rechnungen',
      member: 'Gibt aus',
      viewer: 'Sieht nur zu',
    },
    remove: 'Entfernen',
    removeNamed: (name) => `${name} entfernen`,
    removeTitle: (name) => `${name} aus dem Team entfernen?`,
    removeText: 'Der Zugang endet sofort, auf jedem Gerät. Was noch läuft, bezahlt das Team.',
    leave: 'Team verlassen',
    leaveTitle: 'Dieses Team verlassen?',
    leaveText: 'Ihr Zugang endet sofort. Inhaber können Sie wieder einladen.',
    stay: 'Bleiben',
    keep: 'Behalten',
    invite: 'Jemanden einladen',
    inviteHint: 'Wer den Link mit einem Konto dieser Adresse öffnet, gehört dazu. Er gilt 7 Tage.',
    email: 'E-Mail',
    roleOfInvited: 'Rolle',
    makeLink: 'Link erstellen',
    invitations: 'Offene Einladungen',
    invited: (f, role, iso) => `${role}, bis ${f.date(iso)}`,
    copyLink: 'Link kopieren',
    revoke: 'Zurücknehmen',
    revokeNamed: (email) => `Einladung von ${email} zurücknehmen`,
    requests: 'Anfragen',
    noRequests: 'Kein Mitglied hat um etwas gebeten.',
    asksFor: (who, meter) =>
      meter === null ? `${who} bittet um Guthaben` : `${who} bittet um: ${meter}`,
    someone: 'Ein früheres Mitglied',
    done: 'Erledigt',
    doneNamed: (who) => `Anfrage von ${who} erledigt`,
    join: {
      title: 'Einem Team beitreten',
      text: (team, role) => `${team} lädt Sie ein, Rolle: ${role}.`,
      accept: (team) => `${team} beitreten`,
      decline: 'Ablehnen',
      declined: 'Sie haben diese Einladung abgelehnt.',
      link: 'Link einer Einladung',
      linkHint: 'Fügen Sie den Link ein, den Sie erhalten haben.',
      noLink: 'Das ist nicht der Link einer Einladung.',
      open: 'Einladung öffnen',
      invalid:
        'Diese Einladung gilt für eine andere Adresse, ist abgelaufen oder wurde zurückgenommen.',
      signedInAs: (email) => `Sie sind angemeldet als ${email}.`,
      guest: 'Legen Sie ein Konto mit der eingeladenen Adresse an, oder melden Sie sich damit an.',
    },
    former: 'Mit dem eigenen Konto weiter',
    error: (code) =>
      (code === null ? null : TEAM_ERRORS[code]) ??
      'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  },
}

const TEAM_ERRORS: Partial<Record<string, string>> = {
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER:
    'Ein Team behält einen Inhaber. Bestimmen Sie zuerst jemand anderen dazu.',
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER:
    'Ein Team behält einen Inhaber. Bestimmen Sie zuerst jemand anderen dazu.',
  USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION: 'Diese Adresse gehört schon zum Team.',
  YOU_HAVE_REACHED_THE_MAXIMUM_NUMBER_OF_ORGANIZATIONS:
    'Sie gehören zu fünf Teams, mehr geht nicht.',
  INVITATION_LIMIT_REACHED: 'Es gibt zu viele offene Einladungen. Nehmen Sie zuerst eine zurück.',
  ORGANIZATION_MEMBERSHIP_LIMIT_REACHED: 'Dieses Team ist voll.',
  INVALID_EMAIL: 'Das ist keine gültige E-Mail-Adresse.',
  TOO_MANY_REQUESTS: 'Zu viele Versuche. Bitte warten Sie einen Moment.',
}
