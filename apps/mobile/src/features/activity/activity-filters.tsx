import { View } from 'react-native'
import { useTollgate } from '../../connection/tollgate-context.ts'
import type { Inputs } from '../../connection/trpc.ts'
import { Choice } from '../../ui/choice.tsx'
import { copy } from '../../copy.ts'

type LedgerFilter = Pick<Inputs['billing']['ledger'], 'meter' | 'statuses'>

/** A filter of the ledger. */
export type ActivityFilter = { meter: string; kind: keyof typeof STATUSES }

const ALL = 'all'
const STATUSES = {
  all: undefined,
  charged: ['charged'],
  other: ['held', 'released'],
  changes: ['plan', 'purchase', 'grant', 'refund', 'expiry', 'adjustment'],
} as const satisfies Record<string, readonly (keyof typeof copy.t.statuses)[] | undefined>

const KINDS = [
  { value: 'all', label: 'All' },
  { value: 'charged', label: copy.t.statuses.charged },
  { value: 'other', label: copy.t.statuses.released },
  { value: 'changes', label: 'Balance changes' },
] as const satisfies readonly { value: ActivityFilter['kind']; label: string }[]

/** No filter. */
export const EVERYTHING: ActivityFilter = { meter: ALL, kind: 'all' }

/** The filters of the ledger: one meter, or one kind of line. */
export function ActivityFilters(props: {
  value: ActivityFilter
  onChange: (filter: ActivityFilter) => void
}) {
  const { value, onChange } = props
  const { balances } = useTollgate().useBalances()
  const meters = (balances ?? []).map(({ meter }) => ({
    value: meter,
    label: copy.t.meter.name(meter),
  }))
  return (
    <View style={{ gap: 8 }}>
      <Choice
        label="Meter"
        value={value.meter}
        options={[{ value: ALL, label: 'All meters' }, ...meters]}
        onChange={(meter) => onChange({ ...value, meter })}
      />
      <Choice
        label="Status"
        value={value.kind}
        options={KINDS}
        onChange={(kind) => onChange({ ...value, kind })}
      />
    </View>
  )
}

/** The filter as the server takes it. */
export function toLedgerFilter({ meter, kind }: ActivityFilter): LedgerFilter {
  const statuses = STATUSES[kind]
  return {
    ...(meter === ALL ? {} : { meter }),
    ...(statuses ? { statuses: [...statuses] } : {}),
  }
}
