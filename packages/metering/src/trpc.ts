export { billingErrorOf } from './trpc/billing-error-of.ts'
export { readOperationKey } from './trpc/read-operation-key.ts'
export {
  type BilledTrpcAnswer,
  type BilledTrpcCall,
  runBilledTrpc,
} from './trpc/run-billed-trpc.ts'
export { toTrpcError } from './trpc/to-trpc-error.ts'
