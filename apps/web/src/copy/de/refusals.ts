import type { Copy } from '../en.ts'

/** Why a call was refused or failed, and what to do next. */
export const deRefusals: Pick<Copy, 'refusal' | 'actions'> = {
  refusal: {
    insufficient_credits: {
      title: (units) => `Keine ${units} mehr`,
      text: (f, credits) => `Benötigt: ${credits.cost}, übrig: ${f.number(credits.available)}.`,
      resets: (f, iso) => `Erneuert am ${f.date(iso)}.`,
      neverResets: 'Sie erneuern sich nicht von selbst.',
    },
    past_due: {
      title: 'Ihre letzte Zahlung ist fehlgeschlagen',
      text: 'Das Guthaben Ihres Tarifs kommt, sobald sie gelingt. Was Ihr Tarif freischaltet, bleibt frei.',
    },
    spend_cap: {
      title: 'Ihr Monatslimit ist erreicht',
      text(f, { required, left, cap, units, resetsAt }) {
        const standing =
          left === 0 && cap > 1
            ? `Alle ${f.number(cap)} ${units} Ihres Monatslimits sind verbraucht.`
            : `Hierfür braucht es ${f.number(required)}, und von ${f.number(cap)} ${units} Ihres Monatslimits sind ${f.number(left)} übrig.`
        return `${standing} Erneuert am ${f.utcDate(resetsAt)}. Ihr Guthaben ist unberührt.`
      },
    },
    limit: {
      title: (subject) => LIMIT_TITLES[subject],
      text(f, { required, left, amount, units, resetsAt, raisedBy }) {
        const standing = `Hierfür braucht es ${f.number(required)}, und von ${f.number(amount)} ${units} sind ${f.number(left)} übrig.`
        const reset = resetsAt ? ` Erneuert am ${f.utcDate(resetsAt)}.` : ''
        const raise =
          raisedBy === 'starter'
            ? 'Wer den Lauf gestartet hat, kann es anheben.'
            : 'Der Inhaber des Kontos kann es anheben.'
        return `${standing}${reset} ${raise}`
      },
    },
    not_in_plan: {
      title: 'Nicht in Ihrem Tarif',
      text: (feature, plan) =>
        `${feature} sind ${plan ? `in ${plan} enthalten` : 'nicht enthalten'}. Alles andere geht wie bisher.`,
    },
    not_permitted: {
      membership: {
        title: 'Sie gehören nicht mehr zu diesem Team',
        text: 'Sein Guthaben ist von hier nicht mehr nutzbar. Ihr eigenes Konto ist unverändert.',
      },
      spending: {
        title: 'Sie können zusehen, aber nichts ausgeben',
        text: 'In diesem Team dürfen Sie nur lesen. Ein Inhaber kann das ändern.',
      },
      buying: {
        title: 'Für dieses Team können Sie nichts kaufen',
        text: 'Das können Inhaber und wer die Abrechnung führt. Fragen Sie mit einem Klick.',
      },
    },
    account_changed: {
      title: 'Sie handeln jetzt für ein anderes Konto',
      text: 'In einem anderen Fenster wurde gewechselt, darum wurde von hier nichts gestartet. Ihr Entwurf bleibt.',
    },
    rate_limited: {
      title: 'Zu viele Anfragen',
      text: (f, seconds) => `Wieder möglich in: ${f.duration(seconds)}.`,
      ready: 'Sie können es wieder versuchen.',
    },
    billing_unavailable: {
      title: 'Die Abrechnung ist nicht erreichbar',
      text: 'Wir können Ihr Guthaben gerade nicht prüfen, darum lief nichts. Ihr Entwurf bleibt; versuchen Sie es gleich noch einmal.',
    },
    outcome_unknown: {
      title: 'Wir wissen noch nicht, ob das geklappt hat',
      text: 'Drücken Sie noch einmal: War es fertig, bekommen Sie das Ergebnis ohne neue Kosten.',
    },
    in_progress: {
      title: 'Noch in Arbeit',
      text: 'Ihr früherer Klick läuft noch. Das Ergebnis erscheint, sobald es da ist.',
    },
    no_longer_asking: {
      title: 'Ihr früherer Klick braucht sehr lange',
      text: 'Wir haben zehn Minuten lang nach dem Ergebnis gefragt und damit aufgehört. Noch einmal fragen kostet nichts: Es ist derselbe Klick, höchstens einmal berechnet.',
    },
    retrying: {
      title: 'Noch keine Antwort, neuer Versuch',
      text: 'Es bleibt derselbe Klick: Er wird höchstens einmal berechnet.',
    },
    hold_expired: {
      title: 'Das hat zu lange gedauert',
      text: 'Das Reservierte kam zurück; das Ergebnis wurde verworfen.',
    },
    result_gone: {
      title: 'Das wurde früher erledigt',
      text: 'Es wurde damals berechnet, und das Ergebnis ist nicht mehr aufbewahrt.',
    },
    not_signed_in: {
      title: 'Sie sind abgemeldet',
      text: 'Melden Sie sich an, um weiterzumachen. Ihr Entwurf bleibt.',
    },
    key: { title: 'Die Anfrage war nicht gültig', text: 'Bitte drücken Sie noch einmal.' },
    unknown: { title: 'Das hat nicht geklappt' },
    network: {
      title: 'Die Verbindung ist abgebrochen',
      text: 'Drücken Sie noch einmal: War es fertig, bekommen Sie das Ergebnis ohne neue Kosten.',
    },
    internal: { title: 'Bei uns ist etwas schiefgegangen' },
    invalid: {
      title: 'Bitte prüfen Sie Ihre Eingabe',
      text: 'Etwas darin ist zu lang oder nicht erlaubt. Es wurde nichts berechnet.',
    },
    fields: {
      undrawable: (characters) => `Diese Zeichen lassen sich nicht zeichnen: ${characters}`,
      tooLong: 'Das ist zu lang',
      other: 'Das wird nicht angenommen',
    },
  },
  actions: {
    plans: 'Tarife ansehen',
    signIn: 'Anmelden',
    wait: (f, iso) => `Bis ${f.date(iso)} warten`,
    checkout: (f, label, amount, currency) => `${label} · ${f.money(amount, currency)}`,
    pay: 'Jetzt bezahlen',
    raiseCap: 'Limit anheben',
    askOwner: 'Inhaber fragen',
    askToRaise: 'Um Anhebung bitten',
    askAgain: 'Noch einmal fragen',
    dismiss: 'Ausblenden',
  },
}

const LIMIT_TITLES = {
  customer: 'Ihr Limit ist erreicht',
  member: 'Ihr Limit in diesem Konto ist erreicht',
  key: 'Das Limit dieses API-Schlüssels ist erreicht',
  run: 'Das Limit dieses Laufs ist erreicht',
}
