import { setImmediate } from 'node:timers/promises'
import { initTRPC } from '@trpc/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openStudio, type Studio } from '../fixtures/open-studio.ts'
import { dataOf, sendCall } from '../fixtures/send-call.ts'
import { studioCatalog } from '../fixtures/studio-app.ts'
import { billingErrors, createBilling } from '../index.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio.close())

const warnings: Error[] = []
const onWarning = (warning: Error) => void warnings.push(warning)
beforeEach(() => {
  warnings.length = 0
  process.on('warning', onWarning)
})
afterEach(() => process.off('warning', onWarning))

/** What one call of a stream costs in minutes, and the warnings that it caused. */
async function trial(
  report: (operation: Reporting, chunk: number) => void,
  { isDev = true, calls = 1 }: { isDev?: boolean; calls?: number } = {},
) {
  const t = initTRPC
    .context<{ user: { id: string; email: string } | null }>()
    .create({ errorFormatter: billingErrors, isDev })
  const { metering } = studio
  const billing = createBilling({
    t,
    catalog: studioCatalog,
    metering,
    customer: ({ user }) => user,
  })
  const router = t.router({
    reel: billing
      .procedure({
        charges: { minutes: 9, renders: 9 },
        settle: 'reported',
        example: {},
      })
      .input(z.object({}))
      .mutation(async function* ({ operation }) {
        for (let chunk = 1; chunk <= 4; chunk += 1) {
          report(operation, chunk)
          yield chunk
        }
      }),
  })
  const customer = studio.newCustomer(100)
  const user = { id: customer.customerId, email: customer.email }
  for (let call = 0; call < calls; call += 1) {
    expect(await dataOf(await sendCall({ router, billing }, 'reel', {}, { user }))).toHaveLength(5)
  }
  await setImmediate()
  return {
    used: 100 - ((await studio.remaining(customer, 'minutes')) ?? 0),
    warned: warnings.filter(({ name }) => name === 'TollgateWarning').map(({ message }) => message),
  }
}

type Reporting = {
  report(totals: { minutes: number; renders: number }): void
  add(used: { minutes?: number; renders?: number }): void
}

describe('a stream whose reports', () => {
  it('never grow is warned about once, with what to use instead', async () => {
    const { used, warned } = await trial(({ report }) => report({ minutes: 1, renders: 1 }), {
      calls: 2,
    })
    expect(used).toBe(2)
    expect(warned).toEqual([
      'reel reported {"minutes":1,"renders":1} three times in a row, with chunks between, so that its whole stream costs no more. ' +
        'report() takes the total so far; for what was used since the last report use operation.add().',
    ])
  })

  it.each<[string, Parameters<typeof trial>[0], number]>([
    ['grow', ({ report }, chunk) => report({ minutes: chunk, renders: 1 }), 4],
    ['are increments', ({ add }) => add({ minutes: 1 }), 4],
    ['are nothing', ({ report }) => report({ minutes: 0, renders: 0 }), 0],
  ])('%s is not', async (_how, report, minutes) => {
    expect(await trial(report)).toEqual({ used: minutes, warned: [] })
  })

  it('never grow is not warned about in production', async () => {
    const flat = await trial(({ report }) => report({ minutes: 1, renders: 1 }), { isDev: false })
    expect(flat).toEqual({ used: 1, warned: [] })
  })
})
