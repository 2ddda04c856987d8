import { catalog } from '@tollgate/contract/catalog'

/** What a meter is called; undefined of one that is newer than this app. */
export function catalogMeter(meter: string) {
  const meters: Partial<Record<string, { name: string; unit: string; units: string }>> =
    catalog.meters
  return meters[meter]
}
