import fc from 'fast-check'
import type { Fault } from './running-process.ts'

/** The kinds of fault. */
export const faultKinds = fc.constantFrom<Fault['kind'][]>(
  'killed before',
  'killed after',
  'cut before',
  'cut after',
)
const pointsOfCalls = [
  'place',
  'settle',
  'release',
  'mark_progress',
  'extend_hold',
  'extend_hold',
  'settle',
]
/** A fault on the path of a call. */
export const anyFault = fc.record({
  point: fc.constantFrom(...pointsOfCalls),
  kind: faultKinds,
  times: fc.constantFrom(1, 1, 1, 9),
})
/** A fault before the work of a call begins. */
export const placeFault = fc.record({
  point: fc.constantFrom('place', 'claim_customer', 'apply_sync', 'backend.read'),
  kind: faultKinds,
  times: fc.constantFrom(1, 1, 9),
})
/** A fault in background work. */
export const backgroundFault = fc.record({
  point: fc.constantFrom(
    'renew_leases',
    'claim_deliveries',
    'record_deliveries',
    'record_deliveries',
    'sweep',
    'backend.deliver',
    'backend.read',
    'claim_customer',
    'apply_sync',
  ),
  kind: faultKinds,
  times: fc.constant(1),
})
