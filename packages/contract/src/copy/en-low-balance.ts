import type { Formats } from './formats.ts'

/** The low-balance prompt and its buttons, in English. */
export const enLowBalance = {
  upgrade: 'Upgrade',
  exhausted: (f: Formats, units: string, resetsAt: string | null) =>
    resetsAt ? `You are out of ${units} until ${f.date(resetsAt)}.` : `You are out of ${units}.`,
  critical: (f: Formats, remaining: number, units: string) =>
    `Only ${f.number(remaining)} ${units} left.`,
  warning: (f: Formats, percent: number, units: string) =>
    `You have used ${f.percent(percent)} of your ${units}.`,
  overage: (f: Formats, overage: number, units: string) =>
    `You are ${f.number(overage)} ${units} over what is included.`,
}
