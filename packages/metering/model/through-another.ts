import { type Process, startProcess } from './process.ts'
import type { World } from './world.ts'

/** A process that is there for one thing only, done as one act. */
export async function throughAnother(
  world: World,
  act: (process: Process) => Promise<unknown>,
): Promise<void> {
  const process = startProcess(world, 'another')
  await world.schedule.alone(() => act(process))
  process.kill()
}
