export type { AccountOwner, AccountService, Deletion } from './account/account-service.ts'
export type { AlertReader, AlertService } from './alerts/alert-service.ts'
export type { ApiKey, ApiKeyRecord, ApiKeys, KeyOwner } from './api-keys/api-keys.ts'
export { billedPaths } from './billed-paths.ts'
export { billing } from './billing.ts'
export {
  type ApiServices,
  type Caller,
  type Context,
  createContext,
  type RateLimit,
} from './context.ts'
export { type AgentTool, listTools } from './list-tools.ts'
export { openApi } from './open-api/open-api.ts'
export { type OperatorCaller, type OperatorContext } from './operator/operator-procedure.ts'
export {
  type OperatorOutputs,
  type OperatorRouter,
  operatorRouter,
} from './operator/operator-router.ts'
export type * from './operator/operator-service.ts'
export { addressFile, fileOf, RESULTS_PATH } from './results/address-file.ts'
export { type AppRouter, appRouter } from './router.ts'
export { createTextModel } from './text/create-text-model.ts'
export type { ProviderOptions } from './text/provider-model.ts'
export type { PurchaseRequest, PurchaseRequests, RequestKind } from './team/purchase-requests.ts'
export type { TeamMembers, TeamPerson } from './team/team-members.ts'
export type { NewRun, Runs } from './runs/runs.ts'
export type { Membership, User } from './team/user.ts'
export type { TextModel } from './text-model.ts'
export type { Meta } from './trpc.ts'
