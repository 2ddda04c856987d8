import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type CallSubject, customerId, operationKey } from '@tollgate/contract'
import type { Metering } from '../src/metering.ts'

/** The customer of the limited calls, whose credits never run out. */
export const PAYER = { customerId: customerId('team'), name: 'Team', email: 'team@example.com' }
export const METER = 'api_calls'
export const WELCOME = { [METER]: 1_000_000 }
/** The root run and the number of its children. */
export const ROOT: CallSubject & { kind: 'run' } = { kind: 'run', id: 'root' }
export const CHILDREN = 8

/** A dead process keeps its holds for about a second; balances stay fresh, because each process has its own backend. */
export const LIMITED_POLICY = {
  leaseMs: 600,
  heartbeatMs: 200,
  graceMs: 200,
  sweepMs: 100,
  freshForMs: 3_600_000,
}

/** A child of the root run. */
export const childOf = (n: number): CallSubject & { kind: 'run' } => ({
  kind: 'run',
  id: `child_${n % CHILDREN}`,
})

/** One call of one child: a few milliseconds of work that sometimes uses less than its hold and sometimes fails. */
export async function callLimited(metering: Metering, n: number): Promise<void> {
  const hold = 1 + Math.floor(Math.random() * 3)
  await metering.run(
    {
      customer: PAYER,
      subjects: [ROOT, childOf(n)],
      procedure: 'tools.qrCode',
      key: operationKey(randomUUID()),
      input: null,
      charges: [{ meter: METER, hold }],
      settle: 'reported',
    },
    async ({ report }) => {
      await delay(Math.random() * 10)
      if (Math.random() < 0.1) throw new Error('The work failed.')
      report(Math.random() < 0.3 ? hold - 1 : hold)
    },
  )
}
