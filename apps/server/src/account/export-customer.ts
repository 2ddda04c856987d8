import type { AccountOwner } from '@tollgate/api'
import {
  type BillingBackend,
  operationId,
  type OperationReceipt,
  type SignReceipt,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import type { ExportLine } from './export-line.ts'
import { readAlerts, readPerson } from './export-rows.ts'

/** Small enough to bound memory, receipts and results included. */
const PAGE = 50

/** The sources of an export. */
export type ExportSources = {
  signIn: Database
  server: Database
  metering: Pick<Metering, 'balances' | 'ledger' | 'receipt' | 'limits'>
  backend: Pick<BillingBackend, 'billingSummary'>
  signReceipt: SignReceipt
}

/** Everything stored about a customer, line by line, except secrets, passwords and tokens. */
export async function* exportCustomer(
  sources: ExportSources,
  owner: AccountOwner,
): AsyncGenerator<ExportLine> {
  const { metering, backend } = sources
  const { customer } = owner
  yield* await readPerson(sources.signIn, owner)
  for (const balance of await metering.balances(customer)) yield { kind: 'balance', ...balance }
  yield { kind: 'billing', ...(await backend.billingSummary(customer)) }
  yield* await readAlerts(sources.server, customer.customerId)
  yield* exportLedger(sources, owner)
}

/** Newest first; every settled operation with its signed receipt, and its result if it is still stored. */
async function* exportLedger(
  { metering, signReceipt }: ExportSources,
  { customer: { customerId } }: AccountOwner,
): AsyncGenerator<ExportLine> {
  const exported = new Set<string>()
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof metering.ledger>> = await metering.ledger(customerId, {
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    })
    for (const { kind: type, ...line } of page.items) {
      yield { kind: 'ledger', type, ...line }
    }
    for (const line of page.items) {
      // An operation with several meters has a line for each.
      if (line.kind !== 'operation' || exported.has(line.operationId)) continue
      exported.add(line.operationId)
      if (exported.size > 2 * PAGE) exported.delete([...exported][0] ?? '')
      const wanted = { operationId: operationId(line.operationId), codec: null }
      const receipt = await metering.receipt(customerId, wanted)
      if (receipt) yield { kind: 'operation', ...receipt, signed: signed(receipt) }
    }
    cursor = page.nextCursor
  } while (cursor !== null)

  function signed(receipt: OperationReceipt): string | null {
    const { state, endedAt, procedure, charges, chargedBy } = receipt
    if (state !== 'settled' || endedAt === null) return null
    return signReceipt({
      customerId,
      operationId: receipt.operationId,
      procedure,
      charges: charges.map(({ meter, charged }) => ({ meter, amount: charged })),
      chargedBy,
      at: endedAt,
    })
  }
}
