import type { enLimits } from './en-limits.ts'

/** What members and API keys may spend, in German. */
export const deLimits: typeof enLimits = {
  limits: {
    title: (name) => `Limit von ${name}`,
    add: 'Limit setzen',
    addFor: (name) => `Limit für ${name} setzen`,
    change: 'Limit ändern',
    changeOf: (name, meter) => `Limit von ${name} ändern: ${meter}`,
    meter: 'Zähler',
    amount: (units) => `Höchstens (${units})`,
    period: 'Beginnt neu',
    periods: { month: 'Jeden Monat', all: 'Nie' },
    hint: 'Was das Limit überschreitet, wird vorher abgelehnt. Monate zählen nach UTC.',
    optional: 'Leer heißt ohne Limit. Es lässt sich später ändern.',
    forKey: 'Limit dieses Schlüssels',
    resets: (f, iso) => `Erneuert am ${f.utcDate(iso)}`,
    inAll: 'Erneuert sich nicht',
    nothing: (units) => `Keine ${units} erlaubt`,
    save: 'Limit speichern',
    remove: 'Limit entfernen',
    cancel: 'Abbrechen',
    failed: 'Das Limit wurde nicht geändert. Bitte versuchen Sie es noch einmal.',
    asksToRaise: (who, meter) => `${who} bittet um ein höheres Limit: ${meter}`,
    raiseFor: (who) => `Limit von ${who} anheben`,
  },
}
