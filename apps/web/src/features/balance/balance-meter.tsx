import { Meter } from '@base-ui/react/meter'
import type { Balance } from '@tollgate/contract'
import { describeBalance, type MeterParts, meterParts } from '@tollgate/contract/copy'
import { useCopy } from '../../copy/copy-context.tsx'

/** The values a bar is drawn from: those of a balance or of a limit. */
type Metered = Parameters<typeof describeBalance>[0] &
  Pick<Balance, 'held' | 'resetsAt' | 'breakdown'>

/** The bar of a limited meter: used, held (striped), left. Labelled for screen readers. */
export function BalanceMeter(props: {
  balance: Metered
  /** Its label; defaults to the meter's name. */
  label?: string
  pending?: number
  /** What an even pace would have used by now, in percent. */
  pace?: number | null
}) {
  const { balance, label, pending = 0, pace = null } = props
  const { t, f } = useCopy()
  const parts = meterParts(balance, pending)
  const resets = balance.resetsAt ? t.meter.resets(f, balance.resetsAt) : t.meter.neverResets
  const { used, left } = describeBalance({ ...balance, remaining: parts.remaining }, { t, f })
  const held = parts.held > 0 ? t.meter.held(f, parts.held) : null
  return (
    <Meter.Root
      aria-label={label ?? t.meter.name(balance.meter)}
      min={0}
      max={balance.granted}
      value={Math.min(balance.used, balance.granted)}
      getAriaValueText={() => [used, left, held, resets].filter(Boolean).join(', ')}
      className="relative h-2.5 w-full overflow-hidden rounded-full bg-line"
    >
      <Bar parts={parts} state={balance.state} />
      <SourceMarks balance={balance} />
      {pace === null ? null : <PaceTick percent={pace} />}
    </Meter.Root>
  )
}

/** Clips full-width bars instead of resizing narrow ones, so that changes cause no layout. */
function Bar(props: { parts: MeterParts; state: Balance['state'] }) {
  const { parts, state } = props
  const free = Math.max(0, 100 - parts.usedPercent - parts.heldPercent)
  return (
    <span className="absolute inset-0 rtl:-scale-x-100">
      <span
        data-part="used"
        className={`absolute inset-0 transition-[clip-path] duration-500 ease-out ${BAR_COLOR[state]}`}
        style={{ clipPath: `inset(0 ${100 - parts.usedPercent}% 0 0)` }}
      />
      <span
        data-part="held"
        className="stripes absolute inset-0 text-accent transition-[clip-path] duration-300"
        style={{ clipPath: `inset(0 ${free}% 0 ${parts.usedPercent}%)` }}
      />
    </span>
  )
}

/** A gap between two sources of credits. */
function SourceMarks(props: { balance: Pick<Balance, 'breakdown' | 'granted'> }) {
  const { breakdown, granted } = props.balance
  let before = 0
  return breakdown.slice(0, -1).map((source) => {
    before += source.granted
    return (
      <span
        key={source.name}
        className="absolute inset-y-0 w-0.5 bg-surface"
        style={{ insetInlineStart: `${(before / granted) * 100}%` }}
      />
    )
  })
}

/** Dark in the light theme and light in the dark one, with a rim, so that it is visible on and beside the bar. */
function PaceTick(props: { percent: number }) {
  return (
    <span
      data-testid="pace"
      className="absolute inset-y-0 w-1 -translate-x-1/2 border-x border-surface bg-ink"
      style={{ insetInlineStart: `${props.percent}%` }}
    />
  )
}

const BAR_COLOR: Record<Balance['state'], string> = {
  ok: 'bg-accent',
  warning: 'bg-warn-bar',
  critical: 'bg-danger-bar',
  exhausted: 'bg-danger-bar',
  overage: 'bg-danger-bar',
  unlimited: 'bg-accent',
  unknown: 'bg-line',
}
