import { finishMove } from './bucket-move.ts'
import { noteBroken } from './happenings.ts'
import { startProcess } from './process.ts'
import type { Process } from './running-process.ts'
import type { World } from './world.ts'

/** Runs one action in a temporary process, as one step. */
export async function throughAnother(
  world: World,
  act: (process: Process) => Promise<unknown>,
): Promise<void> {
  await finishMove(world)
  const process = startProcess(world, 'another')
  try {
    await world.schedule.alone(() => act(process))
  } catch (error) {
    // A database guard's error is a violation with the guard's name; the next check of the ledger reports it.
    noteBroken(world, error)
    if (!world.broken) throw error
  }
  process.kill()
}
