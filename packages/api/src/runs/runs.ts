import type { ApiKey } from '../api-keys/api-keys.ts'

/** What a new run may do; its limits are set separately. */
export type NewRun = {
  /** Null for what its parent may call. */
  procedures: readonly string[] | null
  meters: readonly string[]
  expiresInSeconds: number
}

/** The runs of every API key; `by` is the caller: a key, or a run of it. */
export type Runs = {
  /** Starts a run below `by`, which ends no later than `by`. Null when the key has reached its maximum number of runs. */
  create(by: ApiKey, run: NewRun): Promise<{ id: string; token: string; expiresAt: string } | null>
  /** The ids from the topmost run below the key down to this one; null unless it is `by` itself or below it. */
  lineage(by: ApiKey, id: string): Promise<readonly string[] | null>
  /** Refuses the run and every run below it from now on, in every process. */
  end(id: string): Promise<void>
}
