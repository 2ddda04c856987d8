import type { WireFeatureItem } from './wire.ts'

/** Whether a subscription's feature item is still in force. */
export function isInForce(item: WireFeatureItem, now: Date): boolean {
  return !item.expiredAt || item.expiredAt > now.getTime()
}
