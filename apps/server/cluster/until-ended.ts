import { setTimeout as delay } from 'node:timers/promises'
import type { SteadyLoad } from '../faults/steady-load.ts'

const POLL_MS = 20

/** Waits until so many calls have had their last answer, however slow the machine is: each call has one in the end. */
export async function untilEnded(load: Pick<SteadyLoad, 'ended'>, count: number): Promise<void> {
  while (load.ended() < count) await delay(POLL_MS)
}
