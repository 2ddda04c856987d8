import { createHash } from 'node:crypto'
import type { PricingFile } from '@tollgate/contract/pricing'
import type { Transaction } from '@tollgate/database'
import type { Ledger } from '../core/ledger.ts'
import { catalogRows } from './catalog-rows.ts'
import { writeFeatures, writeMeters, writePrices, writeProducts } from './write-catalog.ts'
import { typed } from '../core/typed.ts'

type SetUp = { organizationId: string; file: PricingFile }

/**
 * Applies a pricing file and returns the model's id. Existing records are matched by slug and keep their ids; those that the file no longer
 * contains become inactive. Idempotent.
 */
export async function setUpPricingModel(ledger: Ledger, setUp: SetUp): Promise<string> {
  return ledger.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'select pg_advisory_xact_lock(hashtext($1))',
      values: [`pricing:${setUp.organizationId}`],
    })
    const checksum = checksumOf(setUp.file)
    const found = await findModel(transaction, setUp)
    if (found?.fileChecksum === checksum) return found.id
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

function findModel(transaction: Transaction, { organizationId, file }: SetUp) {
  const named = file.isDefault ? { isDefault: true } : { name: file.name }
  return typed(transaction)
    .selectFrom('pricingModel')
    .select(['id', 'fileChecksum'])
    .where(({ and }) => and({ organizationId, ...named }))
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst()
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
  const change = { name: model.file.name, fileChecksum: model.checksum, updatedAt: model.now }
  await typed(transaction)
    .insertInto('pricingModel')
    .values({
      ...change,
      organizationId: model.organizationId,
      id: model.pricingModelId,
      isDefault: model.file.isDefault,
      createdAt: model.now,
    })
    .onConflict((known) => known.columns(['organizationId', 'id']).doUpdateSet(change))
    .execute()
}
