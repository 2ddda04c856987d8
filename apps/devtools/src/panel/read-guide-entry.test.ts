import { BILLING_ERROR_STATUS } from '@tollgate/contract'
import { expect, it } from 'vitest'
import { readGuideEntry } from './read-guide-entry.ts'

it.each(Object.entries(BILLING_ERROR_STATUS))(
  'finds the text of the guide for %s, without the next entry',
  (code, status) => {
    const entry = readGuideEntry({ name: 'BillingError', code })
    expect(entry?.text).toMatch(new RegExp(`^${status}\\. \\w`))
    expect(entry?.text).not.toContain('##')
  },
)

it('finds an entry whose anchor is not its code', () => {
  expect(readGuideEntry({ name: 'LedgerError', code: 'NOT_FOUND' })).toEqual({
    docs: 'errors#ledger-not-found',
    text: 'The named object does not exist or is not visible to you. Check its id.',
  })
})

it('finds nothing for an error without an entry', () => {
  expect(readGuideEntry({ name: 'LedgerError', code: 'NOTHING' })).toBeNull()
  expect(readGuideEntry({ name: 'TypeError', code: 'NOT_FOUND' })).toBeNull()
})
