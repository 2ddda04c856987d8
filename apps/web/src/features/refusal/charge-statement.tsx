import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

export type ChargeFate = 'not_charged' | 'charged' | 'running' | 'unknown'

/** Whether a call that failed was charged; asks the ledger and says only what that says. */
export function ChargeStatement(props: { operationKey: string }) {
  const operation = trpc.billing.operation.useQuery(
    { key: props.operationKey },
    {
      staleTime: 0,
      refetchInterval: ({ state }) => (settledFate(fateOf(state.data)) ? false : 2000),
    },
  )
  return <ChargeLine fate={operation.isSuccess ? fateOf(operation.data) : 'unknown'} />
}

/** The sentence for each fate. */
export function ChargeLine(props: { fate: ChargeFate }) {
  const { t } = useCopy()
  const lines: Record<ChargeFate, string> = {
    not_charged: t.receipt.notCharged,
    charged: t.receipt.charged,
    running: t.receipt.running,
    unknown: t.receipt.unknown,
  }
  return <p className="font-medium">{lines[props.fate]}</p>
}

function fateOf(operation: { state: string } | null | undefined): ChargeFate {
  if (operation === undefined) return 'unknown'
  if (operation === null) return 'not_charged'
  if (operation.state === 'settled') return 'charged'
  return operation.state === 'executing' ? 'running' : 'not_charged'
}

function settledFate(fate: ChargeFate): boolean {
  return fate === 'charged' || fate === 'not_charged'
}
