import type { SpendLimit } from '@tollgate/contract'
import { MeteringError } from '../metering-error.ts'
import type { RefusalContext } from './refusals.ts'

/** 402: a limit of one of the call's subjects; the customer's own monthly limit is its cap. */
export function limitReached(
  context: RefusalContext,
  reached: Pick<SpendLimit, 'subject' | 'meter' | 'amount' | 'left' | 'resetsAt'> & {
    required: number
  },
): MeteringError {
  const { subject, meter, required, amount, left, resetsAt } = reached
  if (subject.kind === 'customer' && resetsAt !== null) {
    return spendCapReached(context, { meter, required, cap: amount, left, resetsAt })
  }
  const raisedBy = subject.kind === 'run' ? 'starter' : 'customer'
  const whose = subject.kind === 'customer' ? 'this account' : `the ${subject.kind} ${subject.id}`
  const reset = resetsAt === null ? '' : ` It resets at ${resetsAt}.`
  const raise = raisedBy === 'starter' ? 'the one who started the run' : 'the owner of the account'
  return new MeteringError({
    kind: 'limit',
    message: `This needs ${required} of ${meter}, and ${left} are left of the ${amount} that ${whose} may spend.${reset} Ask ${raise} to raise the limit.`,
    subject,
    meter,
    required,
    amount,
    left,
    resetsAt,
    raisedBy,
    actions: resetsAt === null ? [] : [{ type: 'wait', until: resetsAt }],
    charged: false,
  })
}

/** 402: the customer's own monthly cap, even though there may be enough credits. */
function spendCapReached(
  context: RefusalContext,
  capped: { meter: string; required: number; cap: number; left: number; resetsAt: string },
): MeteringError {
  const { meter, required, cap, left, resetsAt } = capped
  return new MeteringError({
    kind: 'spend_cap',
    message: `This needs ${required} of ${meter}, and ${left} are left of the ${cap} you allowed for this month.`,
    meter,
    required,
    cap,
    left,
    resetsAt,
    actions: context.refusalActions({ meter, isFree: true, resetsAt, capped: true }),
    charged: false,
  })
}
