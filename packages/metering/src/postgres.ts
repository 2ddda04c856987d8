export { inspectOperation } from './admin/inspect-operation.ts'
export { releaseHold } from './admin/release-hold.ts'
export { replayQuarantined } from './admin/replay-quarantined.ts'
export { setAside } from './admin/set-aside.ts'
export { METERING_MIGRATIONS } from './migrations.ts'
export {
  type Charge,
  type ChargeCursor,
  type ChargeQuery,
  readCharges,
  readCustomerIds,
} from './store/read-charges.ts'
export { INVARIANTS, type Invariant } from './verify/invariants.ts'
export { verifyBooks, type Violation } from './verify/verify-books.ts'
