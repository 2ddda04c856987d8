import { describe, expect, it } from 'vitest'
import { spenderOf } from './spender-of.ts'

const words = { member: 'Former member', key: 'Former API key' }
const spenders = {
  members: [{ id: 'ada', name: 'Ada', email: 'ada@example.com' }],
  keys: [{ id: 'k1', name: 'Label printer' }],
}
const member = (id: string) => ({ kind: 'member' as const, id })
const key = (id: string) => ({ kind: 'key' as const, id })

describe('spenderOf', () => {
  it.each([
    ['the customer itself', [], { member: null, key: null }],
    ['a member', [member('ada')], { member: 'Ada', key: null }],
    ['a key of a member', [member('ada'), key('k1')], { member: 'Ada', key: 'Label printer' }],
    ['who has left', [member('bob')], { member: 'Former member', key: null }],
    ['a key that is gone', [key('k2')], { member: null, key: 'Former API key' }],
    ['a run', [{ kind: 'run' as const, id: 'r1' }], { member: null, key: null }],
  ])('names %s', (_who, subjects, spender) => {
    expect(spenderOf(subjects, spenders, words)).toEqual(spender)
  })

  it('claims no one to have left while the names load', () => {
    expect(spenderOf([member('ada')], undefined, words).member).toBe('…')
  })
})
