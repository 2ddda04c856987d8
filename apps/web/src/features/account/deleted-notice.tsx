import { useHistoryState } from 'wouter/use-browser-location'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The history state of a landing page after the account was deleted. */
export const ACCOUNT_DELETED = 'account-deleted'

/** Confirms on the landing page that the account was deleted. */
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
