import type { BillingBackend, Logger } from '@tollgate/contract'

/** A minor unit (cent) in millionths of its currency: prices are in dollars and cents. */
const MICROS_PER_MINOR = 10_000

/** The price of one credit of each meter in millionths of a dollar, by the cheapest top-up that grants only that meter. */
export async function readCreditValues({
  backend,
  logger,
}: {
  backend: BillingBackend
  logger: Logger
}): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>()
  try {
    for (const { kind, currency, unitPrice, grants } of await backend.readOffers()) {
      const [grant, ...others] = grants
      if (kind !== 'topup' || currency.toLowerCase() !== 'usd' || !grant || others.length > 0) {
        continue
      }
      const value = (unitPrice * MICROS_PER_MINOR) / grant.amount
      values.set(grant.meter, Math.min(value, values.get(grant.meter) ?? value))
    }
  } catch (error) {
    logger.warn({ error }, 'operator view: the backend did not list its offers')
  }
  return values
}
