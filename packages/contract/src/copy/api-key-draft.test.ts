import { expect, it } from 'vitest'
import { apiKeyOf } from './api-key-draft.ts'

const draft = { name: ' Printer ', procedures: null, meters: ['images'], lifetime: '90' } as const

it('an API key is sent with its name trimmed and its days as a number', () => {
  const sent = { name: 'Printer', procedures: null, meters: ['images'], expiresInDays: 90 }
  expect(apiKeyOf(draft)).toEqual(sent)
  expect(apiKeyOf({ ...draft, lifetime: 'never' })).toEqual({ ...sent, expiresInDays: null })
})

it.each([{ name: ' ' }, { procedures: [] }, { meters: [] }])(
  'an API key with %j cannot be sent',
  (missing) => {
    expect(apiKeyOf({ ...draft, ...missing })).toBeNull()
  },
)
