import { createHash } from 'node:crypto'
import type { PricingFile } from '@tollgate/contract/pricing'
import type { Transaction } from '@tollgate/database'
import type { Ledger } from '../core/ledger.ts'
import { catalogRows } from './catalog-rows.ts'
import { writeFeatures, writeMeters, writePrices, writeProducts } from './write-catalog.ts'

type SetUp = { organizationId: string; file: PricingFile }

/**
 * Applies a pricing file and returns the model's id. Records are found again by slug and keep their
 * ids; what the file no longer names becomes inactive. The same file again changes nothing.
 */
export async function setUpPricingModel(ledger: Ledger, setUp: SetUp): Promise<string> {
  return ledger.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'select pg_advisory_xact_lock(hashtext($1))',
      values: [`pricing:${setUp.organizationId}`],
    })
    const checksum = checksumOf(setUp.file)
    const found = await findModel(transaction, setUp)
    if (found?.checksum === checksum) return found.id
    const now = ledger.clock.now()
    const id = found?.id ?? ledger.newId('pricing_model')
    const model = { organizationId: setUp.organizationId, pricingModelId: id, now }
    await writeModel(transaction, { ...model, file: setUp.file, checksum })
    const rows = catalogRows(setUp.file, ledger.newId)
    await writeMeters(transaction, { ...model, rows })
    await writeFeatures(transaction, { ...model, rows })
    await writeProducts(transaction, { ...model, rows })
    await writePrices(transaction, { ...model, rows })
    return id
  })
}

function checksumOf(file: PricingFile): string {
  return createHash('sha256').update(JSON.stringify(file)).digest('hex')
}

async function findModel(transaction: Transaction, { organizationId, file }: SetUp) {
  const [row] = await transaction.query<{ id: string; checksum: string | null }>({
    text: `select id, file_checksum as checksum from pricing_model
           where organization_id = $1 and ($2 and is_default or not $2 and name = $3)
           order by created_at limit 1`,
    values: [organizationId, file.isDefault, file.name],
  })
  return row
}

async function writeModel(
  transaction: Transaction,
  model: {
    organizationId: string
    pricingModelId: string
    now: number
    file: PricingFile
    checksum: string
  },
) {
  await transaction.query({
    text: `insert into pricing_model (organization_id, id, name, is_default, file_checksum, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $6)
           on conflict (organization_id, id) do update
           set name = excluded.name, file_checksum = excluded.file_checksum, updated_at = excluded.updated_at`,
    values: [
      model.organizationId,
      model.pricingModelId,
      model.file.name,
      model.file.isDefault,
      model.checksum,
      model.now,
    ],
  })
}
