import { catalog } from '@tollgate/contract/catalog'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assembleMetering } from '../assemble-metering.ts'
import { beginRun } from '../fixtures/begin-run.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import { kindOf } from '../fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  NEVER_MS,
  newCustomer,
  SECRET,
} from '../fixtures/metering-fixture.ts'

/** Just longer than the lease of the default policy. */
const EXPIRED_MS = 30_001

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

it('keeps the attempt that took over from one of the same process, which is cut', async () => {
  const { metering, heartbeat } = assembleMetering({
    database: fixture.database,
    backend: fixture.backend,
    catalog,
    secret: SECRET,
    // The test renews the leases itself.
    policy: { heartbeatMs: NEVER_MS },
  })
  const call = imageCall(newCustomer())
  const first = await beginRun(metering, call)
  await fixture.advance(EXPIRED_MS)
  const second = await beginRun(metering, call)

  expect(await heartbeat.renew()).toBe(1)
  expect(first.operation.signal.aborted).toBe(true)
  expect(second.operation.signal.aborted).toBe(false)
  expect((await second.settle('the second')).charges).toHaveLength(1)
  expect(await kindOf(first.settle('the first'))).toBe('hold_expired')
})
