import { BILLING_ERROR_STATUS } from '@tollgate/contract'
import { expect, it } from 'vitest'
import { readGuideEntry } from './read-guide-entry.ts'

it.each(Object.entries(BILLING_ERROR_STATUS))(
  'finds the words of the guide for %s, and no others',
  (code, status) => {
    const entry = readGuideEntry({ name: 'BillingError', code })
    expect(entry?.text).toMatch(new RegExp(`^${status}\\. \\w`))
    expect(entry?.text).not.toContain('##')
  },
)

it('knows entries with a place of their own', () => {
  expect(readGuideEntry({ name: 'LedgerError', code: 'NOT_FOUND' })).toEqual({
    docs: 'errors#ledger-not-found',
    text: 'What was named does not exist, or is not yours.',
  })
})

it('says nothing of what the guide does not know', () => {
  expect(readGuideEntry({ name: 'LedgerError', code: 'NOTHING' })).toBeNull()
  expect(readGuideEntry({ name: 'TypeError', code: 'NOT_FOUND' })).toBeNull()
})
