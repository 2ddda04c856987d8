import { setTimeout as delay } from 'node:timers/promises'
import type { SteadyLoad } from '../faults/steady-load.ts'

const POLL_MS = 20

/** Waits until this many calls have ended, however slow the machine is: every call ends eventually. */
export async function untilEnded(load: Pick<SteadyLoad, 'ended'>, count: number): Promise<void> {
  while (load.ended() < count) await delay(POLL_MS)
}
