import { MutationObserver, QueryObserver } from '@tanstack/react-query'
import type { Balance } from '@tollgate/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppRouter } from '@tollgate/api'
import { startExampleServer } from '../fixtures/example-server.ts'
import type { TollgateOptions } from '../tollgate-options.ts'
import { callOptions, type Click, clickOptions } from './click.ts'
import { createTollgate, type ReactTollgate } from './create-tollgate.tsx'

let server: Awaited<ReturnType<typeof startExampleServer>>
let tollgate: ReactTollgate<AppRouter>
beforeEach(async () => {
  server = await startExampleServer()
  tollgate = connect({ url: server.url })
})
afterEach(async () => {
  tollgate.queryClient.clear()
  await server.stop()
})

const BALANCE_KEY = [['billing', 'balance'], { type: 'query' }]

function shown(): Balance | undefined {
  return tollgate.queryClient.getQueryData<{ balances: Balance[] }>(BALANCE_KEY)?.balances[0]
}

/** A screen that shows the balance, as the query library sees it. */
function showBalance(): () => void {
  const observer = new QueryObserver(tollgate.queryClient, {
    queryKey: BALANCE_KEY,
    queryFn: () => tollgate.client.billing.balance.query(),
  })
  return observer.subscribe(() => {})
}

/** A click on a button that makes a picture, as its hook sends it. */
function generate(prompt: string): Promise<unknown> {
  const path = 'images.generate'
  const observer = new MutationObserver(tollgate.queryClient, {
    ...clickOptions(tollgate, path),
    mutationFn: ({ input, key }: Click) => tollgate.untyped.mutation(path, input, callOptions(key)),
  })
  return observer.mutate({ input: { prompt }, key: tollgate.intents.keyFor(path, { prompt }) })
}

function connect(options: Omit<TollgateOptions<AppRouter>, 'streams'>): ReactTollgate<AppRouter> {
  return createTollgate<AppRouter>({ streams: { 'text.summarize': true }, ...options })
}

describe('the balance on screen', () => {
  it('is the new one as soon as the answer is there, and is read again behind it', async () => {
    const hide = showBalance()
    await expect.poll(() => shown()?.remaining).toBe(10)
    await generate('a fox')
    expect(shown()).toMatchObject({ remaining: 9, version: 1 })
    await expect.poll(() => server.billing.requests.map(({ url }) => url)).toHaveLength(3)
    expect(server.billing.requests[2]?.url).toMatch(/billing\.balance/)
    hide()
  })

  it('never goes back to an older version, wherever that one comes from', async () => {
    const hide = showBalance()
    await expect.poll(() => shown()?.remaining).toBe(10)
    tollgate.announceBalances([{ ...server.billing.balance(), version: 7, remaining: 3 }])
    tollgate.announceBalances([{ ...server.billing.balance(), version: 6, remaining: 4 }])
    await tollgate.queryClient.refetchQueries({ queryKey: BALANCE_KEY })
    expect(shown()).toMatchObject({ version: 7, remaining: 3 })
    hide()
  })
})

describe('an intent', () => {
  it('is over when its call succeeded: the next click is charged anew', async () => {
    await generate('a fox')
    await generate('a fox')
    expect(server.billing.charged.size).toBe(2)
  })

  it('stays open while its outcome is unknown: the next click is the same one', async () => {
    let broken = true
    tollgate = connect({
      url: server.url,
      async fetch(input, init) {
        const response = await fetch(input, init)
        if (broken) throw new DOMException('The window was closed.', 'AbortError')
        return response
      },
    })
    await expect(generate('a fox')).rejects.toThrow('The window was closed.')
    broken = false
    await generate('a fox')
    expect(server.billing.requests.filter(({ url }) => url.includes('generate'))).toHaveLength(2)
    expect(server.billing.charged.size).toBe(1)
  })
})

describe('the key of a click whose answer was lost', () => {
  it('is kept while other calls of the same procedure come and go', async () => {
    const network = lossyTollgate()
    network.losesAnswers = true
    await expect(generate('a fox')).rejects.toThrow(LOST)
    network.losesAnswers = false
    await generate('a hen')
    await generate('a fox')
    expect(server.billing.charged.size).toBe(2)
  })

  it('is kept when the retry is refused because the session has ended', async () => {
    const network = lossyTollgate()
    network.losesAnswers = true
    await expect(generate('a fox')).rejects.toThrow(LOST)
    network.losesAnswers = false
    server.billing.refusals.push({
      kind: 'not_signed_in',
      message: 'Sign in first.',
      actions: [{ type: 'sign_in', url: '/sign-in' }],
    })
    await expect(generate('a fox')).rejects.toThrow('Sign in first.')
    await generate('a fox')
    expect(server.billing.charged.size).toBe(1)
  })
})

const LOST = 'The window was closed.'

/** Uses a network that can lose answers after the server has done the work. */
function lossyTollgate(): { losesAnswers: boolean } {
  const network = { losesAnswers: false }
  tollgate = connect({
    url: server.url,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (network.losesAnswers) throw new DOMException(LOST, 'AbortError')
      return response
    },
  })
  return network
}
