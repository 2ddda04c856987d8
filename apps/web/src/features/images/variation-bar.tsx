import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { BilledStudioState } from '../billed-call/use-billed-studio.ts'
import { type Card, type CardInput, nextVariation } from './card.ts'

/** The seed of a card, to copy, and the next variation of the same text at its price. */
export function VariationBar(props: {
  card: Card
  owned: readonly Card[]
  studio: Pick<BilledStudioState, 'cost' | 'blocked' | 'pending'>
  /** Whether it is owned, so that showing it is free. */
  again: boolean
  onVary: (variation: CardInput) => void
}) {
  const { card, owned, studio, again, onVary } = props
  const { cost, blocked, pending } = studio
  const { t } = useCopy()
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <span className="flex flex-wrap items-center gap-3 text-sm text-muted tabular-nums">
        {t.images.seedOf(card.seed)}
        <CopyButton text={String(card.seed)} label={t.images.copySeed} />
        {again ? <output>{t.receipt.chargedBefore}</output> : null}
      </span>
      <Button
        blocked={blocked !== null || pending}
        onClick={() => onVary(nextVariation(card, owned))}
      >
        {cost ? `${t.images.vary} · ${cost}` : t.images.vary}
      </Button>
    </div>
  )
}
