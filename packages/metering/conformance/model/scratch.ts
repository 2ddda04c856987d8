import type { Database, Statement } from '@tollgate/database'
import type { Shard } from '../../src/shards/shard.ts'
import type { Coverage } from './coverage.ts'

/** The model's time, and the time zone of its sessions. */
export type ModelClock = { now: () => string; zone: string }

/** The store of one run: the model sets its clock, and it records every transition. */
export type Scratch = {
  /** The database that processes call. */
  database: Database
  bucketCount: number
  /** A view of every row on every shard, for the model's checks. */
  everything: Database
  /** The shards behind the database that processes call; null without sharding. */
  shards: ScratchShards | null
  /** Starts a schedule: `now` is read before every statement, `zone` is the session's time zone. */
  begin(clock: ModelClock): Promise<void>
  /** Copies every row; replaces the last copy. */
  backUp(): Promise<void>
  /** Replaces every row with those of the copy. */
  restore(): Promise<void>
  /** Empties every table between two schedules and counts the recorded transitions. */
  reset(coverage: Coverage): Promise<void>
  close(): Promise<void>
}

/** Two databases that own a bucket each, behind a third with PL/Proxy. */
export type ScratchShards = {
  proxy: Database
  shards: readonly [Shard, Shard]
  /** Sends a statement directly to a shard that does not own its bucket; returns whether it was refused, null when it names no bucket. */
  misroute(statement: Statement): Promise<boolean | null>
  /**
   * Reads the bucket owners, which misrouting is based on, and sets the clocks of both shards to the later
   * one, so that time never goes backwards for a bucket that moves.
   */
  align(): Promise<void>
}
