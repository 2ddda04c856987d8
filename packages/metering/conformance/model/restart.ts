import { startProcess } from './process.ts'
import type { Process } from './running-process.ts'
import type { World } from './world.ts'

/** Ends a process and starts another in its place. */
export function restart(world: World, process: Process): void {
  process.kill()
  world.processes = [
    world.processes[0] === process ? startProcess(world, 'A') : world.processes[0],
    world.processes[1] === process ? startProcess(world, 'B') : world.processes[1],
  ]
}
