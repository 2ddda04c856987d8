import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type CallSubject, customerId, operationKey } from '@tollgate/contract'
import type { Metering } from '../src/metering.ts'

/** Who pays for the limited calls, with as much as they never use. */
export const PAYER = { customerId: customerId('team'), name: 'Team', email: 'team@example.com' }
export const METER = 'api_calls'
export const WELCOME = { [METER]: 1_000_000 }
/** The root of every run, and how many children it has. */
export const ROOT: CallSubject & { kind: 'run' } = { kind: 'run', id: 'root' }
export const CHILDREN = 8

/** A dead process keeps its holds for a second; no balance is read again, because each process has a backend of its own. */
export const LIMITED_POLICY = {
  leaseMs: 600,
  heartbeatMs: 200,
  graceMs: 200,
  sweepMs: 100,
  freshForMs: 3_600_000,
}

/** A child of the root. */
export const childOf = (n: number): CallSubject & { kind: 'run' } => ({
  kind: 'run',
  id: `child_${n % CHILDREN}`,
})

/** One call of one child: work of a few milliseconds that uses less than was held, and now and then fails. */
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
