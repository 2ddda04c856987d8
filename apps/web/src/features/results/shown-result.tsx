import { useCopy } from '../../copy/copy-context.tsx'
import type { Library } from './use-library.ts'

/** The status of the result on screen: how long it is stored, what it cost, or that it is no longer stored. */
export function ShownResult(props: {
  library: Library
  /** Whether to show the cost, because the receipt is not next to it. */
  withCost: boolean
  /** Whether an earlier call is still running. */
  running?: boolean
}) {
  const { shown, isGone } = props.library
  const { t, f } = useCopy()
  if (props.running) return <output className="text-sm text-muted">{t.results.running}</output>
  if (isGone) {
    return (
      <p className="text-sm">
        <span className="font-medium">{t.results.gone}.</span>{' '}
        <span className="text-muted">{t.results.goneText(f)}</span>
      </p>
    )
  }
  if (!shown) return null
  const costs = shown.charges.map(({ meter, amount }) => t.cost.fixed(f, meter, amount))
  const kept = t.results.keptUntil(f, shown.keptUntil)
  return (
    <p className="text-[0.8125rem] text-muted tabular-nums">
      {[...(props.withCost ? costs : []), kept].join(' · ')}
    </p>
  )
}
