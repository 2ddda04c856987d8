import type { Catalog } from '@tollgate/contract'
import { SetupError } from '@tollgate/metering'

/** Throws at startup if procedures are priced in meters that metering does not have. */
export function checkCatalogs(priced: Catalog, counted: Catalog): void {
  const unknown = Object.keys(priced.meters).find((meter) => !Object.hasOwn(counted.meters, meter))
  if (unknown === undefined) return
  throw new SetupError(
    `createBilling() was given the meter "${unknown}", which its metering does not count. Give both the same catalog.`,
  )
}
