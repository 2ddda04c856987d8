import { finishMove } from './bucket-move.ts'
import { noteBroken } from './happenings.ts'
import { startProcess } from './process.ts'
import type { Process } from './running-process.ts'
import type { World } from './world.ts'

/** A process that is there for one thing only, done as one act. */
export async function throughAnother(
  world: World,
  act: (process: Process) => Promise<unknown>,
): Promise<void> {
  await finishMove(world)
  const process = startProcess(world, 'another')
  try {
    await world.schedule.alone(() => act(process))
  } catch (error) {
    // What a guard of the database stopped is a violation by its name; the next check of the ledger reports it.
    noteBroken(world, error)
    if (!world.broken) throw error
  }
  process.kill()
}
