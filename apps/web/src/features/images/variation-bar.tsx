import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The seed of a card, to copy, and its price for the next picture of the same text. */
export function VariationBar(props: {
  seed: number
  cost: string | null
  blocked: boolean
  /** Whether it is shown again, which is free. */
  again: boolean
  onVary: () => void
}) {
  const { seed, cost, blocked, again, onVary } = props
  const { t } = useCopy()
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <span className="flex flex-wrap items-center gap-3 text-sm text-muted tabular-nums">
        {t.images.seedOf(seed)}
        <CopyButton text={String(seed)} label={t.images.copySeed} />
        {again ? <output>{t.receipt.chargedBefore}</output> : null}
      </span>
      <Button blocked={blocked} onClick={onVary}>
        {cost ? `${t.images.vary} · ${cost}` : t.images.vary}
      </Button>
    </div>
  )
}
