import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('two processes on one database', () => {
  it('let exactly a hundred of three hundred concurrent calls through on a balance of a hundred', async () => {
    const customer = newCustomer()
    const charges = [{ meter: 'api_calls' as const, hold: 1 }]
    const processes = [fixture.metering, fixture.another()]
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, (_, call) =>
        kindOf(
          (processes[call % 2] ?? fixture.metering).run(
            imageCall(customer, { charges }),
            async () => call,
          ),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(100)
    expect(outcomes.filter((outcome) => outcome === 'insufficient_credits')).toHaveLength(200)
    await fixture.metering.drain()
    expect(fixture.backend.availableOf(customer.customerId, 'api_calls')).toBe(0)
  })

  it('answer one key that is sent with two meters at once: one is charged, the other is refused', async () => {
    const processes = [fixture.metering, fixture.another()]
    for (let round = 0; round < 40; round += 1) {
      const call = imageCall(newCustomer())
      const outcomes = await Promise.all(
        (['image_generations', 'api_calls'] as const).map((meter, index) =>
          kindOf(
            (processes[index] ?? fixture.metering).run(
              { ...call, input: { meter }, charges: [{ meter, hold: 1 }] },
              async () => meter,
            ),
          ),
        ),
      )
      expect(outcomes).toContain('answered')
      expect(outcomes.filter((outcome) => outcome !== 'answered')).toEqual([
        expect.stringMatching(/^(in_progress|key_reused)$/),
      ])
    }
  })

  it('do the work of one key once, however many ask for it at once', async () => {
    const call = imageCall(newCustomer())
    const processes = [fixture.metering, fixture.another()]
    let executions = 0
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, attempt) => {
        const answer = (processes[attempt % 2] ?? fixture.metering).run(call, async () => {
          executions += 1
          return { execution: executions }
        })
        return answer.then(
          ({ output }) => JSON.stringify(output),
          (error: unknown) => kindOf(Promise.reject(error)),
        )
      }),
    )
    expect(executions).toBe(1)
    expect(new Set(answers.filter((answer) => answer !== 'in_progress'))).toEqual(
      new Set(['{"execution":1}']),
    )
  })
})
