import { useCopy } from '../../copy/copy-context.tsx'
import { CopyButton } from '../../components/copy-button.tsx'

/** For who spends what another one pays for: the way to ask, instead of a button to buy. */
export function AskOwner() {
  const { t } = useCopy()
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 text-sm">{t.billing.askOwner}</p>
      <CopyButton text={`${location.origin}/billing`} />
    </div>
  )
}
