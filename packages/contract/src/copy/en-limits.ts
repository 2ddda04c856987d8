import type { Formats } from './formats.ts'

/** What members and API keys may spend. */
export const enLimits = {
  limits: {
    title: (name: string) => `Limit of ${name}`,
    add: 'Set a limit',
    addFor: (name: string) => `Set a limit for ${name}`,
    change: 'Change limit',
    changeOf: (name: string, meter: string) => `Change limit of ${name}: ${meter}`,
    meter: 'Meter',
    amount: (units: string) => `Limit in ${units}`,
    period: 'Resets',
    periods: { month: 'Every month', all: 'Never' },
    hint: 'Requests over the limit are blocked before they run. Months are counted in UTC.',
    optional: 'Leave it empty for no limit. It can be changed later.',
    forKey: 'Limit of this key',
    resets: (f: Formats, iso: string) => `Resets ${f.utcDate(iso)}`,
    inAll: 'Does not reset',
    nothing: (units: string) => `No ${units} may be used`,
    save: 'Save limit',
    remove: 'Remove limit',
    cancel: 'Cancel',
    failed: 'The limit was not changed. Please try again.',
    asksToRaise: (who: string, meter: string) => `${who} asks you to raise their limit: ${meter}`,
    raiseFor: (who: string) => `Raise the limit of ${who}`,
  },
}
