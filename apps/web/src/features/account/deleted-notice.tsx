import { useHistoryState } from 'wouter/use-browser-location'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** What the history remembers of a person who deleted the account and is on the front door now. */
export const ACCOUNT_DELETED = 'account-deleted'

/** Says on the front door that the account was deleted, after it was. */
export function DeletedNotice() {
  const { t } = useCopy()
  const state = useHistoryState<unknown>()
  if (state !== ACCOUNT_DELETED) return null
  return (
    <Notice tone="good" title={t.accountData.deleted}>
      <p>{t.accountData.deletedText}</p>
    </Notice>
  )
}
