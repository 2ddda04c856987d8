import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { switchTo } from './switch-to.ts'

/** Explains to a former member why nothing works and leads back to the personal account; shows the page to all others. */
export function FormerMember({ children }: { children: ReactNode }) {
  const { t } = useCopy()
  const { error } = trpc.billing.balance.useQuery()
  const billing = error?.data?.billing
  if (billing?.kind !== 'not_permitted' || billing.needs !== 'membership') return children
  const { title, text } = t.refusal.not_permitted.membership
  return (
    <>
      <h1 className="sr-only">{t.team.title}</h1>
      <Notice
        tone="warn"
        title={title}
        urgent
        actions={
          <Button look="primary" onClick={() => void switchTo(null)}>
            {t.team.former}
          </Button>
        }
      >
        <p>{text}</p>
      </Notice>
    </>
  )
}
