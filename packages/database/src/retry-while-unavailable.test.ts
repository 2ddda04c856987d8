import { silentLogger } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { DatabaseError } from './database-error.ts'
import { retryWhileUnavailable } from './retry-while-unavailable.ts'

const lost = () => new Error('Connection terminated unexpectedly')

/** Fails with each of these in turn, then succeeds. */
function startsAfter(...failures: Error[]) {
  let attempts = 0
  const start = async () => {
    const failure = failures[attempts]
    attempts += 1
    if (failure) throw failure
    return 'started'
  }
  return { start, attempts: () => attempts }
}

describe('a start that needs the database', () => {
  it('is tried again when the connection is lost, also in the middle of a migration', async () => {
    const cut = new DatabaseError('migration_failed', '0001 failed.', { cause: lost() })
    const { start, attempts } = startsAfter(lost(), cut)
    expect(await retryWhileUnavailable(start, { logger: silentLogger })).toBe('started')
    expect(attempts()).toBe(3)
  })

  it('fails at once with anything that waiting does not change', async () => {
    const wrong = new DatabaseError('migration_changed', '0001 is not what was applied.')
    const { start, attempts } = startsAfter(wrong)
    await expect(retryWhileUnavailable(start, { logger: silentLogger })).rejects.toBe(wrong)
    expect(attempts()).toBe(1)
  })

  it.each([
    ['a port is taken', { code: 'EADDRINUSE', syscall: 'listen' }],
    ['a file is missing', { code: 'ENOENT', syscall: 'open' }],
  ])('fails at once when %s, which is not of the database', async (_, fields) => {
    const wrong = Object.assign(new Error(fields.code), fields)
    const { start, attempts } = startsAfter(wrong)
    await expect(retryWhileUnavailable(start, { logger: silentLogger })).rejects.toBe(wrong)
    expect(attempts()).toBe(1)
  })

  it('is tried again when the server is not there, or its host has no address yet', async () => {
    const refused = Object.assign(new Error('refused'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    })
    const unknown = Object.assign(new Error('unknown'), {
      code: 'EAI_AGAIN',
      syscall: 'getaddrinfo',
    })
    const { start, attempts } = startsAfter(refused, unknown)
    expect(await retryWhileUnavailable(start, { logger: silentLogger })).toBe('started')
    expect(attempts()).toBe(3)
  })

  it('gives up after ten seconds with the last failure', async () => {
    const times = [0, 9_999, 10_000]
    const failures = [lost(), lost(), lost()]
    const { start, attempts } = startsAfter(...failures)
    const now = () => times.shift() ?? Number.NaN
    await expect(retryWhileUnavailable(start, { logger: silentLogger, now })).rejects.toBe(
      failures[1],
    )
    expect(attempts()).toBe(2)
  })
})
