import { readCpuTimes } from '../measure/cpu-time.ts'
import type { RealServer } from './real-server.ts'
import type { CpuByProcess } from './server-result.ts'

/** The CPU time of each kind of process so far, in milliseconds; the child processes of a server are billing. */
export function readServerCpu({ pids }: RealServer): CpuByProcess {
  const times = readCpuTimes()
  const sum = (read: (pid: number) => number) =>
    pids.servers.reduce((total, pid) => total + read(pid), 0)
  if (times === null) return { server: Number.NaN, billing: Number.NaN, postgres: Number.NaN }
  const server = sum(times.own)
  return { server, billing: sum(times.tree) - server, postgres: times.tree(pids.postgres) }
}

/** The difference of two readings, per call. */
export function spentPerCall(
  before: CpuByProcess,
  after: CpuByProcess,
  calls: number,
): CpuByProcess {
  return {
    server: (after.server - before.server) / calls,
    billing: (after.billing - before.billing) / calls,
    postgres: (after.postgres - before.postgres) / calls,
  }
}
