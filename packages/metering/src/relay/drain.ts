import type { MeteringContext } from '../context.ts'
import { readRelayBacklog } from '../store/relay-backlog.ts'
import type { Relay } from './create-relay.ts'

/** Between two looks while others deliver what is still due. */
const PAUSE_MS = 20

/** Delivers until no usage event is due and no customer waits to be read. */
export async function drain(
  { database, sleep }: Pick<MeteringContext, 'database' | 'sleep'>,
  relay: Pick<Relay, 'deliverOnce' | 'syncOnce'>,
): Promise<void> {
  do {
    while ((await readRelayBacklog(database)).due > 0) {
      if ((await relay.deliverOnce()) === 0) await sleep(PAUSE_MS)
    }
  } while ((await relay.syncOnce()) > 0)
}
