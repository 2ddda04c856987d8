import { type Catalog, isChargeable, isSubjectId } from '@tollgate/contract'
import type { BilledCall } from '../metering.ts'
import { costInvalid } from './faults.ts'

/** Refuses a call whose amounts cannot be charged, before anything is written and before the work starts. */
export function checkCall(
  catalog: Catalog,
  { charges, procedure, settle, subjects = [] }: BilledCall,
): void {
  if (charges.length === 0) throw costInvalid(procedure, 'it names no meter')
  for (const [index, { meter, hold, least }] of charges.entries()) {
    if (!Object.hasOwn(catalog.meters, meter)) {
      throw costInvalid(procedure, `"${String(meter)}" is not a meter`)
    }
    if (charges.findIndex((charge) => charge.meter === meter) < index) {
      throw costInvalid(procedure, `the meter "${meter}" is named twice`)
    }
    if (!isChargeable(hold)) {
      throw costInvalid(
        procedure,
        `${String(hold)} of "${meter}" is not a whole number from 1 to 2147483647`,
      )
    }
    if (least === undefined) continue
    if (settle !== 'reported' || !isChargeable(least) || least > hold) {
      throw costInvalid(
        procedure,
        `${String(least)} of "${meter}" is not the least of ${hold} that are charged as reported`,
      )
    }
  }
  const unknown = subjects.find(({ id }) => !isSubjectId(id))
  if (!unknown) return
  throw costInvalid(procedure, `"${unknown.id}" is not the id of a ${unknown.kind}`)
}
