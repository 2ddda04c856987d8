import type { Outputs } from '../../connection/trpc.ts'

/** What deleting the account or the team would mean. */
export type Deletion = Outputs['account']['deletion']
