export { acceptRecorded } from './admin/accept-recorded.ts'
export type { ChangeAuthor } from './admin/change-author.ts'
export { eraseCustomer } from './admin/erase-customer.ts'
export { inspectCustomer, type InspectedCustomer } from './admin/inspect-customer.ts'
export { inspectOperation } from './admin/inspect-operation.ts'
export { listOperatorChanges, type OperatorChange } from './admin/list-operator-changes.ts'
export { listQuarantined, type QuarantinedEvent } from './admin/list-quarantined.ts'
export { listRunning, type RunningOperation } from './admin/list-running.ts'
export { listUnsynced, type UnsyncedCustomer } from './admin/list-unsynced.ts'
export { type GrantedPerDay, readFigures, type UsedByModel } from './admin/read-figures.ts'
export { redeliverLost } from './admin/redeliver-lost.ts'
export { releaseHold } from './admin/release-hold.ts'
export { replayQuarantined } from './admin/replay-quarantined.ts'
export { quarantineEvent } from './admin/quarantine-event.ts'
export type { DriftedEvent } from './drift/drifted-event.ts'
export { type DriftSides, listingOf } from './drift/drift-sides.ts'
export { findDrift } from './drift/find-drift.ts'
export type { LostCharge } from './drift/redeliver.ts'
export { readLedgerPage } from './activity/read-ledger-page.ts'
export { METERING_MIGRATIONS } from './migrations.ts'
export type { ProviderCost } from './provider-cost.ts'
export { applyShards } from './shards/apply-shards.ts'
export { type BrokenShardInvariant, checkShards } from './shards/check-shards.ts'
export { isShardProxy } from './shards/is-shard-proxy.ts'
export { type BucketMove, moveBucket } from './shards/move-bucket.ts'
export type { Shard } from './shards/shard.ts'
export {
  type Charge,
  type ChargeCursor,
  type ChargeQuery,
  type ChargeReader,
  createChargeReader,
} from './store/create-charge-reader.ts'
export {
  createUsageChangeFeed,
  type UsageChange,
  type UsageChangeFeed,
} from './store/create-usage-change-feed.ts'
export { openMeteringDatabase } from './store/metering-database.ts'
export { readRelayBacklog, type RelayBacklog } from './store/relay-backlog.ts'
export { HOLDS } from './verify/holds.ts'
export { INVARIANTS, type Invariant } from './verify/invariants.ts'
export { checkInvariants, type BrokenInvariant } from './verify/check-invariants.ts'
