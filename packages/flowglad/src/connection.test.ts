import { customerId } from '@tollgate/contract'
import { afterEach, expect, it, vi } from 'vitest'
import type { FlowgladPolicy } from './policy.ts'
import { cut, hang, stall, status } from './fixtures/flowglad-stand-in.ts'
import { openBackend } from './fixtures/open-backend.ts'

const ada = { customerId: customerId('user_ada'), name: 'Ada', email: 'ada@example.com' }
const urls = { successUrl: 'https://app.example/ok', cancelUrl: 'https://app.example/no' }

afterEach(() => {
  vi.useRealTimers()
})

const start = (policy: Partial<FlowgladPolicy> = {}) => openBackend({ policy })

it.each([
  { name: 'never answers', fault: hang },
  { name: 'stops in the middle of a body', fault: stall },
])('waits no longer than the deadline for a Flowglad that $name', async ({ fault }) => {
  await using test = await start({ deadlineMs: 1000 })
  test.flowglad.break(fault)
  // The SDK alone would wait a minute per attempt, three times, and forever for the rest of a body; a test cannot.
  await expect(test.backend.readCustomer(ada)).rejects.toMatchObject({
    name: 'BillingBackendError',
    code: 'unreachable',
  })
  expect(test.flowglad.requests.length).toBeLessThanOrEqual(1)
})

it('sends a checkout once, where the SDK by itself would send it three times', async () => {
  await using test = await start()
  test.flowglad.break(status(503, 'upstream'))
  await expect(
    test.backend.openCheckout({ customer: ada, priceSlug: 'pro_monthly', ...urls }),
  ).rejects.toMatchObject({ code: 'unreachable' })
  expect(test.flowglad.requests).toHaveLength(1)
})

it('aborts the request to Flowglad at the deadline', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await using test = await start({ deadlineMs: 1000 })
  let hungUp = false
  test.flowglad.break((response, request) => {
    response.on('close', () => {
      hungUp = true
    })
    vi.advanceTimersByTime(1000)
    return hang(response, request)
  })
  await expect(
    test.backend.openCheckout({ customer: ada, priceSlug: 'pro_monthly', ...urls }),
  ).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(() => hungUp).toBe(true)
})

it('retries a read once when its connection broke', async () => {
  await using test = await start()
  let times = 0
  test.flowglad.break((response, request) => {
    times += 1
    return times === 1 && cut(response, request)
  })
  await expect(test.backend.readOffers()).resolves.not.toHaveLength(0)
  expect(times).toBe(2)
})

it('opens the circuit after a run of failures and closes it by itself', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await using test = await start({ failuresToOpen: 3, readRetries: 0, openForMs: 2500 })
  test.flowglad.break(cut)
  for (let round = 0; round < 3; round += 1) {
    await expect(test.backend.readOffers()).rejects.toMatchObject({ code: 'unreachable' })
  }
  await expect(test.backend.readOffers()).rejects.toMatchObject({
    code: 'unreachable',
    retryAfterMs: 2500,
  })
  expect(test.flowglad.requests).toHaveLength(3)
  test.flowglad.restore()
  vi.advanceTimersByTime(2499)
  await expect(test.backend.readOffers()).rejects.toMatchObject({ code: 'unreachable' })
  vi.advanceTimersByTime(1)
  await expect(test.backend.readOffers()).resolves.not.toHaveLength(0)
})

it('does not count a call aborted by its caller as an outage of Flowglad', async () => {
  await using test = await start({ failuresToOpen: 1 })
  const caller = new AbortController()
  test.flowglad.break((response, request) => {
    caller.abort()
    return hang(response, request)
  })
  await expect(test.backend.readCustomer(ada, { signal: caller.signal })).rejects.toMatchObject({
    code: 'unreachable',
  })
  test.flowglad.restore()
  await expect(test.backend.readOffers()).resolves.not.toHaveLength(0)
})

it.each([
  { what: 'a wrong key', fault: status(401, 'Invalid key'), code: 'unauthorized' },
  { what: 'a proxy page', fault: status(200, '<html>'), code: 'unreachable' },
  {
    what: 'a nested error body',
    fault: status(404, { error: { code: 'NOT_FOUND' } }),
    code: 'refused',
  },
  { what: 'a gateway of another make', fault: status(404, { error: {} }), code: 'unreachable' },
])('reads $what as $code', async ({ fault, code }) => {
  await using test = await start()
  test.flowglad.break(fault)
  await expect(test.backend.readCustomer(ada)).rejects.toMatchObject({
    name: 'BillingBackendError',
    code,
  })
})

it('keeps the API key out of every error', async () => {
  await using test = await start()
  test.flowglad.break(status(401, 'Invalid key'))
  const error = await test.backend.readOffers().catch((thrown: unknown) => thrown)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sk_test')
})
