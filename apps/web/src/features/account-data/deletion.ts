import type { Outputs } from '../../connection/trpc.ts'

/** The consequences of deleting the account or the team. */
export type Deletion = Outputs['account']['deletion']
