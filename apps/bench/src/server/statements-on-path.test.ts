import { expect, it } from 'vitest'
import { statementsOnPath } from './statements-on-path.ts'

it('counts what a caller waits for, not what the relay and its transactions send', () => {
  expect(
    statementsOnPath([
      { text: 'select * from metering.apply_batch($1, $2)', calls: 40 },
      { text: 'select s."expiresAt" as expires_at from auth_session s', calls: 2 },
      { text: 'select * from metering.claim_deliveries($1)', calls: 7 },
      { text: 'select * from metering.record_deliveries($1)', calls: 7 },
      { text: 'BEGIN', calls: 7 },
    ]),
  ).toBe(42)
})
