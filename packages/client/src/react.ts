export {
  type AskOrganization,
  createOrganizationHooks,
  type Invitation,
  type Organization,
  type OrganizationRequest,
  type TeamMember,
} from './react/create-organization-hooks.ts'
export { createTollgate, type ReactTollgate } from './react/create-tollgate.tsx'
export { createTollgateContext } from './react/create-tollgate-context.tsx'
export { followBalances } from './react/follow-balances.ts'
export type { BilledState } from './react/billed-state.ts'
export type { BilledMutation } from './react/use-billed.ts'
export { StreamCutError } from './billed-chunks.ts'
export type { BilledStream } from './react/use-billed-stream.ts'
export type { PendingOperation } from './react/use-pending-operations.ts'
