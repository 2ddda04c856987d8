import { readCpuTimes } from '../measure/cpu-time.ts'
import type { RealServer } from './real-server.ts'
import type { CpuByProcess } from './server-result.ts'

/** What each kind of process has used so far, in milliseconds; what a server has started beside itself is billing. */
export function readServerCpu({ pids }: RealServer): CpuByProcess {
  const times = readCpuTimes()
  const sum = (read: (pid: number) => number) =>
    pids.servers.reduce((total, pid) => total + read(pid), 0)
  if (times === null) return { server: Number.NaN, billing: Number.NaN, postgres: Number.NaN }
  const server = sum(times.own)
  return { server, billing: sum(times.tree) - server, postgres: times.tree(pids.postgres) }
}

/** The difference of two readings for each of so many calls. */
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
