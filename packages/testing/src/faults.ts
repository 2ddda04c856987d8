export { checkHistory, checkNotTooStrict, type HistoryViolation } from './faults/check-history.ts'
export {
  createCustomerAgent,
  type Customer,
  freshKey,
  type Intent,
  qrCodeIntent,
  signInGuest,
  summaryIntent,
} from './faults/customer.ts'
export {
  createFaultyHttpProxy,
  type FaultHook,
  type FaultyHttpProxy,
  type HttpFaults,
  NO_HTTP_FAULTS,
} from './faults/faulty-http-proxy.ts'
export {
  createHistory,
  type ObservedAnswer,
  type History,
  type Observation,
  type OperationRecord,
} from './faults/history.ts'
export {
  createPostgresProxy,
  type Cut,
  type PassingStatement,
  type PostgresProxy,
} from './faults/postgres-proxy.ts'
export { killPostmaster } from './faults/kill-postmaster.ts'
export { clusterCalls, faultRuns, faultSeed } from './faults/config.ts'
export { type SeededRandom, seededRandom } from './faults/seeded-random.ts'
export { type FaultyProcess, startProcess } from './start-process.ts'
