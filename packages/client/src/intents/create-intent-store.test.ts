import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { memoryIntentStorage } from './intent-storage.ts'
import { DATE_TRANSFORMER } from '../fixtures/date-transformer.ts'
import { REFUSALS } from '../fixtures/refusals.ts'
import { createIntentStore } from './create-intent-store.ts'
import { IntentNotKeptError } from './intent-records.ts'

const PATH = 'images.generate'

function open(storage = memoryIntentStorage(), owner = 'cus_one', now?: () => number) {
  return createIntentStore({ storage, owner, ...(now ? { now } : {}) })
}

function refusal(billing: { kind: string; message: string }, httpStatus: number): Error {
  const data = { billing, httpStatus, code: 'X', path: PATH }
  return TRPCClientError.from({ error: { message: billing.message, code: -32000, data } })
}

const noAnswer = new TypeError('fetch failed')

describe('an intent store', () => {
  it('has recorded a click before its key is handed out, and still knows it after a restart', () => {
    const storage = memoryIntentStorage()
    const key = open(storage).keyFor(PATH, { prompt: 'a fox' })
    expect(open(storage).list()).toMatchObject([
      { key, path: PATH, input: { prompt: 'a fox' }, state: 'created', tries: 0 },
    ])
  })

  it('gives the same key for the same input while the outcome is open, across restarts and days', () => {
    const storage = memoryIntentStorage()
    let now = 0
    const key = open(storage, 'cus_one', () => now).keyFor(PATH, { prompt: 'a fox' })
    now = 3 * 24 * 3600 * 1000
    expect(open(storage, 'cus_one', () => now).keyFor(PATH, { prompt: 'a fox' })).toBe(key)
  })

  it('keeps clicks with other input beside it, in the order of the clicks, also within one millisecond', () => {
    const storage = memoryIntentStorage()
    const store = open(storage, 'cus_one', () => 1000)
    for (const prompt of ['one', 'two', 'three', 'four']) store.keyFor(PATH, { prompt })
    const reopened = open(storage, 'cus_one', () => 5)
    reopened.keyFor(PATH, { prompt: 'after the clock was set back' })
    expect(reopened.list().map(({ input }) => input)).toEqual([
      { prompt: 'one' },
      { prompt: 'two' },
      { prompt: 'three' },
      { prompt: 'four' },
      { prompt: 'after the clock was set back' },
    ])
  })

  it('never shows one customer the clicks of another', () => {
    const storage = memoryIntentStorage()
    const key = open(storage, 'cus_one').keyFor(PATH, { prompt: 'a fox' })
    const other = open(storage, 'cus_two')
    expect(other.list()).toEqual([])
    expect(other.keyFor(PATH, { prompt: 'a fox' })).not.toBe(key)
  })

  it('skips what another version wrote', () => {
    const storage = memoryIntentStorage()
    storage.setItem('tollgate:intents:cus_one:op_aaaaaaaaaaaaaaaaaaa', '{"key":1}')
    storage.setItem('tollgate:intents:cus_one:op_bbbbbbbbbbbbbbbbbbb', 'not json')
    expect(open(storage).list()).toEqual([])
  })

  it('refuses a click that it cannot record, so that nothing unrecorded is sent', () => {
    const full = {
      ...memoryIntentStorage(),
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(() => createIntentStore({ storage: full, owner: 'cus_one' }).keyFor(PATH, {})).toThrow(
      expect.objectContaining({ code: 'STORAGE_FAILED' }),
    )
  })

  it('refuses to pile up more than a hundred open clicks', () => {
    const store = open()
    for (let number = 0; number < 100; number++) store.keyFor(PATH, { number })
    expect(() => store.keyFor(PATH, { number: 100 })).toThrow(IntentNotKeptError)
    expect(store.keyFor(PATH, { number: 5 })).toBe(store.list()[5]?.key)
  })

  it('lets a person discard only what was certainly never sent', () => {
    const storage = memoryIntentStorage()
    const store = open(storage)
    const key = store.keyFor(PATH, { prompt: 'a fox' })
    expect(store.discard(key)).toBe(false)
    expect(open(storage).discard(key)).toBe(true)
    const sent = store.keyFor(PATH, { prompt: 'a hen' })
    store.markSent(sent)
    expect(open(storage).discard(sent)).toBe(false)
    expect(open(storage).list()).toMatchObject([{ key: sent, state: 'sent', tries: 1 }])
  })
})

describe('an input of any shape', () => {
  it.each([
    ['nothing', undefined],
    ['a string', 'a fox'],
    ['an array', ['a', 'b']],
    ['null', null],
  ])('is kept over a restart: %s', (_what, input) => {
    const storage = memoryIntentStorage()
    const key = open(storage).keyFor(PATH, input)
    expect(open(storage).list()).toMatchObject([{ key, input }])
    expect(open(storage).keyFor(PATH, input)).toBe(key)
  })

  it('is kept as the router’s transformer writes it', () => {
    const storage = memoryIntentStorage()
    const start = () =>
      createIntentStore({ storage, owner: 'cus_one', transformer: DATE_TRANSFORMER })
    const at = new Date('2026-11-22T12:00:00Z')
    const key = start().keyFor(PATH, { at })
    expect(start().list()).toMatchObject([{ key, input: { at } }])
    expect(start().keyFor(PATH, { at: new Date(at) })).toBe(key)
  })

  it('is kept for the running program alone when it is a form, with its files', () => {
    const storage = memoryIntentStorage()
    const store = open(storage)
    const key = store.keyFor(PATH, form('red'))
    store.markSent(key)
    store.markFailed(key, noAnswer)
    expect(store.list()).toMatchObject([{ key, state: 'unknown', tries: 1 }])
    expect(store.list()[0]?.input).toBeInstanceOf(FormData)
    expect(open(storage).list()).toEqual([])
    expect(storage.keys()).toEqual([])
    store.settle({ key, error: null })
    expect(store.list()).toEqual([])
  })

  it('is the same click for a form with the same fields and files, and another one for another file', () => {
    const store = open()
    const key = store.keyFor(PATH, form('red'))
    expect(store.keyFor(PATH, form('red'))).toBe(key)
    expect(store.keyFor(PATH, form('green'))).not.toBe(key)
  })

  it('is another click for other bytes, whatever is in them', () => {
    const store = open()
    const bytes = new Uint8Array([1])
    const key = store.keyFor(PATH, bytes)
    expect(store.keyFor(PATH, bytes)).toBe(key)
    expect(store.keyFor(PATH, new Uint8Array([1]))).not.toBe(key)
  })

  function form(text: string): FormData {
    const data = new FormData()
    data.set('title', 'a fox')
    data.set('file', new File([text], 'fox.txt', { lastModified: 0 }))
    return data
  }
})

describe('the key of a call', () => {
  function after(...failures: unknown[]): 'rotated' | 'kept' {
    const storage = memoryIntentStorage()
    const store = open(storage)
    const key = store.keyFor(PATH, { prompt: 'a fox' })
    for (const error of failures) {
      store.markSent(key)
      if (error !== null) store.markFailed(key, error)
    }
    store.settle({ key, error: failures.at(-1) ?? null })
    return open(storage).keyFor(PATH, { prompt: 'a fox' }) === key ? 'kept' : 'rotated'
  }

  it.each([
    ['success', [null], 'rotated'],
    ['no answer', [noAnswer], 'kept'],
    ['a server error', [refusal({ kind: 'x', message: '' }, 500)], 'kept'],
    ['still running', [refusal(REFUSALS.in_progress, 409)], 'kept'],
    ['billing unavailable', [refusal(REFUSALS.billing_unavailable, 503)], 'kept'],
    ['not enough credits', [refusal(REFUSALS.insufficient_credits, 402)], 'rotated'],
    ['key reused', [refusal(REFUSALS.key_reused, 422)], 'rotated'],
    ['too many calls at the first try', [refusal(REFUSALS.rate_limited, 429)], 'rotated'],
    ['too many calls after a lost answer', [noAnswer, refusal(REFUSALS.rate_limited, 429)], 'kept'],
    [
      'signed out after a lost answer',
      [noAnswer, refusal({ kind: 'not_signed_in', message: '' }, 401)],
      'kept',
    ],
    [
      'not enough credits after a lost answer',
      [noAnswer, refusal(REFUSALS.insufficient_credits, 402)],
      'rotated',
    ],
    ['success after a lost answer', [noAnswer, null], 'rotated'],
  ] as const)('after %s', (_name, failures, expected) => {
    expect(after(...failures)).toBe(expected)
  })
})
