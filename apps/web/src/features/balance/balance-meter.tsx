import { Meter } from '@base-ui/react/meter'
import type { Balance } from '@tollgate/contract'
import { describeBalance, type MeterParts, meterParts } from '@tollgate/contract/copy'
import { useCopy } from '../../copy/copy-context.tsx'

/** What a bar is drawn from: a balance, or a limit of one. */
type Metered = Parameters<typeof describeBalance>[0] &
  Pick<Balance, 'held' | 'resetsAt' | 'breakdown'>

/** The bar of a limited meter: used, held in stripes, left. Named and worded for those who do not see it. */
export function BalanceMeter(props: {
  balance: Metered
  /** What it is called; the meter's name unless given. */
  label?: string
  pending?: number
  /** Where an even pace would be by now, in percent. */
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

/** Cut out of full bars, not made of narrow ones: so nothing is laid out again, and nothing moves, while they change. */
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

/** A gap where one source of credits ends and the next begins. */
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

/** Dark on light and light on dark, with a rim, so that it shows on the bar and beside it. */
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
