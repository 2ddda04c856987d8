import {
  type BillingCustomer,
  InvalidIdError,
  isSubjectId,
  type LimitSubject,
  type SpendCap,
} from '@tollgate/contract'
import { readFresh } from './balance/read-balances.ts'
import type { MeteringContext } from './context.ts'
import type { Metering } from './metering.ts'
import { billingUnavailable } from './operation/refusals.ts'
import { orUnavailable } from './or-unavailable.ts'
import { readLimits, writeLimit } from './store/spend-limits.ts'

/** Makes the limits and the monthly cap, which is the customer's limit on itself. */
export function createLimits(
  context: MeteringContext,
): Pick<Metering, 'limits' | 'spendCaps' | 'setSpendCap'> {
  const { database, policy } = context

  async function write(
    customer: BillingCustomer,
    limit: Parameters<typeof writeLimit>[2],
  ): Promise<void> {
    checkSubject(limit.subject)
    return orUnavailable(context, async () => {
      const { customerId } = customer
      if (await writeLimit(database, customerId, limit)) return
      // A new customer gets its accounts with the first sync.
      await readFresh(context, customer)
      if (!(await writeLimit(database, customerId, limit))) {
        throw billingUnavailable(policy.retryAfterMs)
      }
    })
  }

  return {
    limits: {
      set: ({ customer, expiresAt, ...limit }) =>
        write(customer, { ...limit, expiresAt: expiresAt?.toISOString() ?? null }),
      list: ({ customerId, subject }) =>
        orUnavailable(context, () => readLimits(database, customerId, subject)),
      remove: ({ customerId, subject, meter }) =>
        orUnavailable(context, async () => {
          await writeLimit(database, customerId, { subject, meter, ...LIFTED })
        }),
    },
    spendCaps: (customerId) =>
      orUnavailable(context, async () =>
        (await readLimits(database, customerId, CUSTOMER)).flatMap(toCap),
      ),
    setSpendCap: (customer, { meter, cap }) =>
      write(customer, {
        subject: CUSTOMER,
        meter,
        amount: cap,
        period: 'month',
        expiresAt: null,
      }),
  }
}

const CUSTOMER: LimitSubject = { kind: 'customer' }
const LIFTED = { amount: null, period: null, expiresAt: null }

function checkSubject(subject: LimitSubject): void {
  if (subject.kind === 'customer' || isSubjectId(subject.id)) return
  throw new InvalidIdError(`id of a ${subject.kind}`, subject.id, '1–64 of A-Z a-z 0-9 _ -')
}

/** The customer's limit on itself is its cap if it resets. */
function toCap(limit: Awaited<ReturnType<typeof readLimits>>[number]): SpendCap[] {
  const { meter, amount, spent, resetsAt } = limit
  return resetsAt === null ? [] : [{ meter, cap: amount, spent, resetsAt }]
}
