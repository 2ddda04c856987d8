import { expect, it } from 'vitest'
import { isTransient } from './is-transient.ts'

function serverError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code, severity: 'ERROR' })
}

it.each([
  'PL/Proxy function metering.apply_batch(22): [shard_0] PQconsumeInput: server closed the connection unexpectedly',
  'apply_batch(22): [shard_0] REMOTE FATAL: terminating connection',
])('does not know the fate of a statement whose shard was lost behind PL/Proxy: %s', (message) => {
  expect(isTransient(serverError('XX000', message))).toBe(true)
})

it('takes any other internal error for a defect', () => {
  expect(isTransient(serverError('XX000', 'could not find a plan'))).toBe(false)
})
