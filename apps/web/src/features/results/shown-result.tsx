import { useCopy } from '../../copy/copy-context.tsx'
import type { Library } from './use-library.ts'

/** What is to be said of the result on screen: how long it is kept, what it cost, or that it is not kept any more. */
export function ShownResult(props: {
  library: Library
  /** Whether its receipt is not beside it. */
  withCost: boolean
  /** Whether a call of earlier is still running. */
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
