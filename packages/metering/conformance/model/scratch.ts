import type { Database, Statement } from '@tollgate/database'
import type { Shard } from '../../src/shards/shard.ts'
import type { Coverage } from './coverage.ts'

/** What the model says the time is, and where its sessions are. */
export type ModelClock = { now: () => string; zone: string }

/** What one run stores in: its clock is what the model says, and it remembers every transition. */
export type Scratch = {
  /** What processes call. */
  database: Database
  bucketCount: number
  /** What the model looks at: every row there is, wherever it is. */
  everything: Database
  /** What is behind the database of the processes; null when that is all there is. */
  shards: ScratchShards | null
  /** Starts a schedule: `now` is read before every statement, `zone` is the session's time zone. */
  begin(clock: ModelClock): Promise<void>
  /** Keeps a copy of every row; the last one is kept. */
  backUp(): Promise<void>
  /** Puts the rows of the copy in place of what is there. */
  restore(): Promise<void>
  /** Empties every table between two schedules and counts the transitions that were made. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** Two databases that own a bucket each, behind a third with PL/Proxy. */
export type ScratchShards = {
  proxy: Database
  shards: readonly [Shard, Shard]
  /** Sends a statement directly to a shard that does not own its bucket; answers whether it was refused, null when it names none. */
  misroute(statement: Statement): Promise<boolean | null>
  /**
   * Reads where the buckets are, which is what a statement is misrouted by, and lets the clocks of both shards go on from the later
   * one: a bucket that moves takes no step back in time.
   */
  align(): Promise<void>
}
