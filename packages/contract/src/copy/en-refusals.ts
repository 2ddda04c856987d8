import type { LimitSubject } from '../spend-limit.ts'
import type { Formats } from './formats.ts'

/** Why a call was refused or failed and what to do next, in English: the same words on every screen of web and mobile. */
export const enRefusals = {
  refusal: {
    insufficient_credits: {
      title: (units: string) => `You are out of ${units}`,
      text: (f: Formats, credits: { cost: string; available: number }) =>
        `This takes ${credits.cost} and you have ${f.number(credits.available)} left.`,
      resets: (f: Formats, iso: string) => `Resets ${f.date(iso)}.`,
      neverResets: 'This balance does not reset.',
    },
    past_due: {
      title: 'Your last payment failed',
      text: 'The credits of your plan come when it goes through. What your plan switches on stays on.',
    },
    spend_cap: {
      title: 'You have reached your monthly limit',
      text: (
        f: Formats,
        limit: { required: number; left: number; cap: number; units: string; resetsAt: string },
      ) => {
        const { required, left, cap, units, resetsAt } = limit
        const standing =
          left === 0 && cap > 1
            ? `You've used all ${f.number(cap)} ${units} in your monthly limit.`
            : `This takes ${f.number(required)}, and ${f.number(left)} of ${f.number(cap)} ${units} in your monthly limit are left.`
        return `${standing} Resets ${f.utcDate(resetsAt)}. Your balance is untouched.`
      },
    },
    limit: {
      title: (subject: LimitSubject['kind']) => LIMIT_TITLES[subject],
      text: (
        f: Formats,
        limit: {
          required: number
          left: number
          amount: number
          units: string
          resetsAt: string | null
          raisedBy: 'customer' | 'starter'
        },
      ) => {
        const { required, left, amount, units, resetsAt, raisedBy } = limit
        const standing = `This takes ${f.number(required)}, and ${f.number(left)} of ${f.number(amount)} ${units} are left.`
        const reset = resetsAt ? ` Resets ${f.utcDate(resetsAt)}.` : ''
        const raise =
          raisedBy === 'starter'
            ? 'The person who started the run can raise it.'
            : 'The account owner can raise it.'
        return `${standing}${reset} ${raise}`
      },
    },
    not_in_plan: {
      title: 'Not part of your plan',
      text: (feature: string, plan: string | null) =>
        `${feature} are ${plan ? `included in ${plan}` : 'not included'}. Everything else works as before.`,
    },
    not_permitted: {
      membership: {
        title: 'You are no longer a member of this team',
        text: 'Its credits cannot be used from here any more. Your own account is as it was.',
      },
      spending: {
        title: 'You can look, but not spend',
        text: 'You are a viewer in this team. An owner can make you a member.',
      },
      buying: {
        title: 'You cannot buy for this team',
        text: 'Its owners and billing managers can. Ask them with one click.',
      },
    },
    account_changed: {
      title: 'You act for another account now',
      text: 'It was switched in another window, so nothing was started from here. Your draft is kept.',
    },
    rate_limited: {
      title: 'Too many requests',
      text: (f: Formats, seconds: number) => `Try again in ${f.duration(seconds)}.`,
      ready: 'You can try again now.',
    },
    billing_unavailable: {
      title: 'Billing is unavailable',
      text: 'We cannot check your balance right now, so nothing was started. Your draft is kept; please try again in a moment.',
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
      text: 'What was reserved was returned; the result was discarded.',
    },
    result_gone: {
      title: 'This was done earlier',
      text: 'It was charged then, and its result is no longer kept.',
    },
    not_signed_in: {
      title: 'You are signed out',
      text: 'Sign in to continue. Your draft is kept.',
    },
    key: { title: 'That request was not valid', text: 'Please press the button again.' },
    unknown: { title: 'That did not work' },
    network: {
      title: 'The connection was lost',
      text: 'Press the button again: if it was done, you get the result without being charged again.',
    },
    internal: { title: 'Something went wrong on our side' },
    invalid: {
      title: 'Please check what you entered',
      text: 'Something in it is too long or not accepted. You were not charged.',
    },
    fields: {
      undrawable: (characters: string) => `These characters cannot be drawn: ${characters}`,
      tooLong: 'This is too long',
      other: 'This is not accepted',
    },
  },
  actions: {
    plans: 'View plans',
    signIn: 'Sign in',
    wait: (f: Formats, iso: string) => `Wait until ${f.date(iso)}`,
    checkout: (f: Formats, label: string, amount: number, currency: string) =>
      `${label} · ${f.money(amount, currency)}`,
    pay: 'Pay now',
    raiseCap: 'Raise the limit',
    askOwner: 'Ask an owner',
    askToRaise: 'Ask to raise it',
    askAgain: 'Ask again',
    dismiss: 'Dismiss',
  },
}

const LIMIT_TITLES: Record<LimitSubject['kind'], string> = {
  customer: 'You have reached your limit',
  member: 'You have reached your limit in this account',
  key: 'This API key has reached its limit',
  run: 'This run has reached its budget',
}
