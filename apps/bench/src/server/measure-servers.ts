import { startChild } from '../processes/child-process.ts'
import type { Timing } from '../run/cells.ts'
import { type MeasuredServer, openMeasuredServer } from './open-measured-server.ts'
import { SERVER_CELLS, type ServerCell } from './server-cells.ts'
import type { ServerMeasured, ServerResult } from './server-result.ts'
import type { ServerVariant } from './server-variant.ts'

type Lane = {
  variant: ServerVariant
  server: MeasuredServer
  rounds: Map<ServerCell, ServerMeasured[]>
}

/** Starts all variants of the real server and measures them in interleaved rounds. */
export async function measureServers(
  variants: readonly ServerVariant[],
  options: { rounds: number; timing: Timing; onProgress: (what: string) => void },
): Promise<ServerResult[]> {
  const load = startChild(new URL('../load/load.process.ts', import.meta.url))
  const lanes: Lane[] = []
  try {
    for (const variant of variants) {
      options.onProgress(`server, starting ${variant.name}`)
      const server = await openMeasuredServer(variant, load)
      lanes.push({ variant, server, rounds: new Map() })
    }
    await runServerRounds(lanes, options)
    options.onProgress('server, races and ledger')
    const results: ServerResult[] = []
    for (const lane of lanes) results.push(await conclude(lane))
    return results
  } finally {
    for (const { server } of lanes.toReversed()) await server.close()
    await load.stop()
  }
}

async function runServerRounds(
  lanes: readonly Lane[],
  { rounds, timing, onProgress }: Parameters<typeof measureServers>[1],
): Promise<void> {
  const ours = [process.pid, ...lanes.flatMap(({ server }) => server.pids)]
  const steps = SERVER_CELLS.flatMap((cell) => lanes.map((lane) => ({ cell, ...lane })))
  for (let round = 0; round < rounds; round += 1) {
    onProgress(`server, round ${round + 1} of ${rounds}`)
    for (const step of round % 2 === 0 ? steps : steps.toReversed()) {
      const measured = await step.server.measure(step.cell, timing, ours)
      step.rounds.set(step.cell, [...(step.rounds.get(step.cell) ?? []), measured])
    }
  }
}

async function conclude({ variant, server, rounds }: Lane): Promise<ServerResult> {
  return {
    name: variant.name,
    node: variant.node,
    processes: variant.processes,
    cells: [...rounds].map(([{ name, concurrency }, measured]) => ({
      name,
      concurrency,
      rounds: measured,
    })),
    ...(await server.conclude()),
  }
}
