import type { enLimits } from './en-limits.ts'
import type { enTeam } from './en-team.ts'
import type { Words } from './words.ts'

type RequestFacts = { kind: string; member: { name: string } | null; meter: string | null }

/** Who asked for what in an organization. */
export function describeRequest(
  { kind, member, meter }: RequestFacts,
  t: Words['t'] & typeof enTeam & typeof enLimits,
): { who: string; text: string } {
  const who = member?.name ?? t.team.someone
  const meterName = meter === null ? null : t.meter.name(meter)
  const asksToRaise = kind === 'raise_limit' && meterName !== null
  return {
    who,
    text: asksToRaise ? t.limits.asksToRaise(who, meterName) : t.team.asksFor(who, meterName),
  }
}
