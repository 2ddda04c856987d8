import { describe, expect, it } from 'vitest'
import { checkHistory, checkNotTooStrict } from './check-history.ts'
import type { ObservedAnswer, Observation, OperationRecord } from './history.ts'

const BODY = '{"result":{"data":{"svg":"<svg/>"}}}'

describe('checkHistory', () => {
  it('finds nothing where a call succeeds, is retried after a lost answer and replays', () => {
    expect(
      checkHistory(
        [
          saw('a', unknown),
          saw('a', success(BODY)),
          saw('a', success(BODY)),
          saw('b', refused(402)),
        ],
        [settled('a')],
      ),
    ).toEqual([])
  })

  it('finds a charge for an answer that never came no anomaly: the client can still ask', () => {
    expect(checkHistory([saw('a', unknown)], [settled('a')])).toEqual([])
  })

  it.each<{
    planted: string
    seen: Observation[]
    operations: OperationRecord[]
    invariant: string
  }>([
    {
      planted: 'two bodies for one key',
      seen: [saw('a', success(BODY)), saw('a', success('other'))],
      operations: [{ ...settled('a'), body: null }],
      invariant: 'I8',
    },
    {
      planted: 'one key charged twice',
      seen: [saw('a', success(BODY))],
      operations: [settled('a'), { ...settled('a'), operationId: 'second' }],
      invariant: 'I11',
    },
    {
      planted: 'more charged than it costs',
      seen: [saw('a', success(BODY))],
      operations: [{ ...settled('a'), charged: 2 }],
      invariant: 'I8',
    },
    {
      planted: 'a result without a charge',
      seen: [saw('a', success(BODY))],
      operations: [{ ...settled('a'), state: 'expired', charged: 0 }],
      invariant: 'I9',
    },
    {
      planted: 'a result that is not the stored one',
      seen: [saw('a', success(BODY))],
      operations: [{ ...settled('a'), body: 'other' }],
      invariant: 'I9',
    },
    {
      planted: 'a charge after nothing but refusals',
      seen: [saw('a', refused(402)), saw('a', refused(409))],
      operations: [settled('a')],
      invariant: 'I10',
    },
    {
      planted: 'a charge for a call that no client made',
      seen: [],
      operations: [settled('a')],
      invariant: 'I10',
    },
    {
      planted: "another customer's charge for the same key",
      seen: [saw('a', success(BODY))],
      operations: [{ ...settled('a'), customerId: 'another-customer' }],
      invariant: 'I9',
    },
  ])('finds $planted', ({ seen, operations, invariant }) => {
    expect(checkHistory(seen, operations).map((violation) => violation.invariant)).toContain(
      invariant,
    )
  })
})

describe('checkNotTooStrict', () => {
  const two = [settled('a', { from: 0, to: 10 }), settled('b', { from: 20, to: 30 })]

  it('finds nothing where the balance is used up exactly', () => {
    const observations = [
      saw('a', success(BODY)),
      saw('b', success(BODY)),
      saw('c', refused(402), { from: 25, to: 26 }),
    ]
    expect(checkNotTooStrict({ observations, operations: two, balance: 2, cost: 1 })).toEqual([])
  })

  it('finds a balance that was not used up', () => {
    const observations = [saw('a', success(BODY)), saw('c', refused(402), { from: 50, to: 60 })]
    const found = checkNotTooStrict({
      observations,
      operations: two.slice(0, 1),
      balance: 2,
      cost: 1,
    })
    expect(found).toHaveLength(2)
  })

  it('finds a refusal at a moment when there was enough', () => {
    const observations = [
      saw('a', success(BODY)),
      saw('b', success(BODY)),
      saw('c', refused(402), { from: 12, to: 13 }),
    ]
    const found = checkNotTooStrict({ observations, operations: two, balance: 2, cost: 1 })
    expect(found).toMatchObject([{ invariant: 'I13', detail: expect.stringContaining('c: 402') }])
  })

  it('finds one success too many', () => {
    const observations = ['a', 'b', 'c'].map((key) => saw(key, success(BODY)))
    const operations = ['a', 'b', 'c'].map((key) => settled(key))
    expect(checkNotTooStrict({ observations, operations, balance: 2, cost: 1 })).toHaveLength(1)
  })
})

const unknown: ObservedAnswer = { kind: 'unknown', status: null, reason: 'reset' }

function success(body: string): ObservedAnswer {
  return { kind: 'success', body, operationId: 'op', replayed: false }
}

function refused(status: number): ObservedAnswer {
  return { kind: 'refused', status, reason: 'insufficient_credits' }
}

function saw(key: string, answer: ObservedAnswer, { from, to } = { from: 0, to: 1 }): Observation {
  const call = { customerId: 'customer', procedure: 'tools.qrCode', meter: 'api_calls', cost: 1 }
  return { ...call, key, answer, startedAt: from, endedAt: to }
}

function settled(key: string, { from, to } = { from: 0, to: 1 }): OperationRecord {
  return {
    customerId: 'customer',
    operationId: `operation-${key}`,
    key,
    state: 'settled',
    meter: 'api_calls',
    charged: 1,
    attempt: 1,
    body: BODY,
    createdAt: from,
    endedAt: to,
  }
}
