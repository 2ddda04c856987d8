import { randomUUID } from 'node:crypto'
import { customerId } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { customerIdOf } from './index.ts'

describe('the customer id of an application’s own id', () => {
  it.each([randomUUID(), 'user_2abc', '17', 'x'.repeat(64)])(
    'is the id itself where it fits: %s',
    (id) => {
      expect(customerIdOf(id)).toBe(id)
    },
  )

  it.each([
    'auth0|507f1f77bcf86cd799439011',
    'ada@example.com',
    'x'.repeat(65),
    'a/../b',
    'Ада',
    ' ',
  ])('is derived, and the same every time, where it does not: %j', (id) => {
    const derived = customerIdOf(id)
    expect(derived).toBe(customerIdOf(id))
    expect(customerId(derived)).toBe(derived)
    expect(derived).not.toBe(customerIdOf(`${id}2`))
  })

  it('cannot be taken by a user who names itself as the id derived for another', () => {
    const derived = customerIdOf('ada@example.com')
    expect(customerIdOf(derived)).not.toBe(derived)
  })

  it('stays what it was when it was first derived, because the billing backend knows the customer by it', () => {
    expect(customerIdOf('auth0|1')).toBe('id_sD5dRQnNN0dts4-3b5tbPKjeHml21reuX3-bxWZMfQ0')
  })

  it.each(['', Reflect.get({}, 'id')])('is refused for %j, with what to give', (id) => {
    expect(() => customerIdOf(id)).toThrow('({ id: String(user.id), email: user.email })')
  })
})
