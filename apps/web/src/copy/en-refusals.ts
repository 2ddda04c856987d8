import type { Formats } from './formats.ts'

/** What the Studio says when something was not done, and what can be done then, in English. */
export const enRefusals = {
  refusal: {
    exhausted: {
      title: (units: string): string => `You are out of ${units}`,
      text: (f: Formats, told: { required: number; available: number }): string =>
        `This takes ${f.number(told.required)} and you have ${f.number(told.available)} left.`,
      resets: (f: Formats, iso: string, now: Date): string =>
        `New ones come on ${f.date(iso)} (${f.relative(iso, now)}).`,
      neverResets: 'They do not renew by themselves.',
    },
    past_due: {
      title: 'Your last payment failed',
      text: 'The credits of your plan come when it goes through. What your plan switches on stays on.',
    },
    spend_cap: {
      title: 'You have reached your own monthly cap',
      text: (
        f: Formats,
        told: { required: number; left: number; cap: number; units: string; resetsAt: string },
      ): string =>
        `This takes ${f.number(told.required)}, and ${f.number(told.left)} of the ${f.number(told.cap)} ${told.units} you allow yourself a month are left. The cap begins anew on ${f.utcDate(told.resetsAt)}. Your credits are untouched.`,
    },
    not_in_plan: {
      title: 'Not part of your plan',
      text: (feature: string): string =>
        `${feature} come with a bigger plan. Everything else works as before.`,
    },
    rate_limited: {
      title: 'A little too fast',
      text: (f: Formats, seconds: number): string =>
        `You can go on in ${f.number(seconds)} ${f.plural(seconds, { one: 'second', other: 'seconds' })}.`,
      ready: 'You can go on now.',
    },
    billing_unavailable: {
      title: 'Billing does not answer',
      text: 'We cannot check your credits right now, so nothing was started. Your draft is kept; please try again in a moment.',
    },
    outcome_unknown: {
      title: 'We do not know yet whether this went through',
      text: 'Press the button again: if it was done, you get the result without being charged again.',
    },
    in_progress: {
      title: 'Still working on it',
      text: 'Your earlier click is still running. Its result appears as soon as it is there.',
    },
    no_longer_asking: {
      title: 'Your earlier click is taking very long',
      text: 'We asked for its result for ten minutes and have stopped. Asking again costs nothing: it is the same click, charged at most once.',
    },
    retrying: {
      title: 'No answer yet, trying again',
      text: 'It is still the same click: whatever happens, it is charged at most once.',
    },
    hold_expired: {
      title: 'That took too long',
      text: 'The credits set aside for it went back, and the result was thrown away.',
    },
    result_gone: {
      title: 'This was done earlier',
      text: 'It was charged then, and its result is no longer kept.',
    },
    not_signed_in: { title: 'You are signed out', text: 'Sign in to go on. Your draft is kept.' },
    key: { title: 'That request was not valid', text: 'Please press the button again.' },
    unknown: { title: 'That did not work' },
    network: {
      title: 'The connection was lost',
      text: 'Press the button again: if it was done, you get the result without being charged again.',
    },
    internal: { title: 'Something went wrong on our side' },
    invalid: { title: 'Please check what you entered' },
  },
  actions: {
    plans: 'View plans',
    manage: 'Manage billing',
    signIn: 'Sign in',
    wait: (f: Formats, iso: string): string => `Wait until ${f.date(iso)}`,
    checkout: (f: Formats, label: string, amount: number, currency: string): string =>
      `${label} · ${f.money(amount, currency)}`,
    raiseCap: 'Raise the cap',
    askAgain: 'Ask again',
    dismiss: 'Dismiss',
  },
}

export type RefusalCopy = typeof enRefusals
