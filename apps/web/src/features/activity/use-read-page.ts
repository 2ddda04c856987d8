import { useMemo } from 'react'
import { trpc } from '../../connection/trpc.ts'
import type { ReadLedgerPage } from './read-ledger.ts'

/** Reads one page of the ledger from the server, with the retry policy. */
export function useReadPage(): ReadLedgerPage {
  const { client } = trpc.useUtils()
  return useMemo(
    () =>
      ({ limit, cursor, filter: { meter, statuses, from, until } }) =>
        client.billing.ledger.query({
          limit,
          cursor,
          ...(meter === undefined ? {} : { meter }),
          ...(statuses === undefined ? {} : { statuses: [...statuses] }),
          ...(from === undefined ? {} : { from }),
          ...(until === undefined ? {} : { until }),
        }),
    [client],
  )
}
