export {
  createFakeBackend,
  type BackendFaults,
  type EventFate,
  type FakeBackend,
} from './fake-backend/create-fake-backend.ts'
export type { UsedCredits } from './fake-backend/fake-ledger.ts'
