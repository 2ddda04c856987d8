import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'

export type ChargeStatus = 'not_charged' | 'charged' | 'running' | 'unknown'

/** Whether a failed call was charged, as the server reports it. */
export function ChargeStatement(props: { operationKey: string }) {
  const operation = trpc.billing.operation.useQuery(
    { key: props.operationKey },
    {
      staleTime: 0,
      refetchInterval: ({ state }) => (isFinal(statusOf(state.data)) ? false : 2000),
    },
  )
  return <ChargeLine status={operation.isSuccess ? statusOf(operation.data) : 'unknown'} />
}

/** The sentence for each status. */
export function ChargeLine(props: { status: ChargeStatus }) {
  const { t } = useCopy()
  const lines: Record<ChargeStatus, string> = {
    not_charged: t.receipt.notCharged,
    charged: t.receipt.charged,
    running: t.receipt.running,
    unknown: t.receipt.unknown,
  }
  return <p className="font-medium">{lines[props.status]}</p>
}

function statusOf(operation: { state: string } | null | undefined): ChargeStatus {
  if (operation === undefined) return 'unknown'
  if (operation === null) return 'not_charged'
  if (operation.state === 'settled') return 'charged'
  return operation.state === 'executing' ? 'running' : 'not_charged'
}

function isFinal(status: ChargeStatus): boolean {
  return status === 'charged' || status === 'not_charged'
}
