import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readOperationKey } from './read-operation-key.ts'

describe('readOperationKey', () => {
  const key = randomUUID()

  it.each([
    [{ 'Idempotency-Key': key }, 0],
    [{ 'Idempotency-Key': `${randomUUID()}, ${key}` }, 1],
    [{ 'Idempotency-Key': key, 'X-Request-Id': randomUUID() }, 0],
  ])('reads %j at %d', (headers, index) => {
    expect(readOperationKey(new Headers(headers), index)).toBe(key)
  })

  it('takes X-Request-Id only where the installation says so, and after Idempotency-Key', () => {
    const requestId = new Headers({ 'X-Request-Id': key })
    expect(() => readOperationKey(requestId, 0)).toThrow(
      expect.objectContaining({ code: 'key_missing' }),
    )
    expect(readOperationKey(requestId, 0, { acceptRequestId: true })).toBe(key)
    const both = new Headers({ 'Idempotency-Key': key, 'X-Request-Id': randomUUID() })
    expect(readOperationKey(both, 0, { acceptRequestId: true })).toBe(key)
  })

  it.each([
    [{}, 0, 'key_missing'],
    [{ 'Idempotency-Key': key }, 1, 'key_missing'],
    [{ 'Idempotency-Key': 'short' }, 0, 'key_invalid'],
    [{ 'Idempotency-Key': 'x'.repeat(65) }, 0, 'key_invalid'],
  ])('refuses %j at %d as %s', (headers, index, code) => {
    expect(() => readOperationKey(new Headers(headers), index)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})
