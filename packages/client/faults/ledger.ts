import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '../src/create-tollgate.ts'
import { isOperationKey } from '@tollgate/contract'
import type { Guest } from './guest.ts'

/** The server's records of one customer. */
export type LedgerSummary = {
  used: Record<string, number>
  charged: number
  held: number
}

/** Reads a customer's ledger over a reliable network. */
export async function readLedger(serverUrl: string, guest: Guest): Promise<LedgerSummary> {
  const { client } = createTollgate<AppRouter>({
    url: `${serverUrl}/trpc`,
    streams: { 'text.summarize': true },
    getToken: () => guest.token,
  })
  const { balances } = await client.billing.balance.query()
  const operations = new Map<string, string>()
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof client.billing.activity.query>> =
      await client.billing.activity.query({ limit: 100, cursor })
    for (const item of page.items) operations.set(item.operationId, item.status)
    cursor = page.nextCursor
  } while (cursor)
  const statuses = [...operations.values()]
  return {
    used: Object.fromEntries(balances.map(({ meter, used }) => [meter, used])),
    charged: statuses.filter((status) => status === 'charged').length,
    held: statuses.filter((status) => status === 'held').length,
  }
}

/** Fetches a stored result by its key. Throws unless it is marked as a replay. */
export async function readStoredResult(
  serverUrl: string,
  guest: Guest,
  call: { path: string; input: object; key: string },
): Promise<unknown> {
  if (!isOperationKey(call.key)) throw new Error(`Not an operation key: ${call.key}`)
  const response = await fetch(`${serverUrl}/trpc/${call.path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${guest.token}`,
      'idempotency-key': call.key,
    },
    body: JSON.stringify(call.input),
  })
  const answer: unknown = await response.json()
  if (response.headers.get('idempotency-replayed') !== 'true') {
    throw new Error(`${call.path} ${call.key} ran again: ${response.status}.`)
  }
  const hasData =
    typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : null
  return typeof hasData === 'object' && hasData !== null && 'data' in hasData ? hasData.data : null
}
