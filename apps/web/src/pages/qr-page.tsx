import { LiveBalanceStrip } from '../features/balance/live-balance-strip.tsx'
import { QrStudio } from '../features/qr/qr-studio.tsx'

/** QR codes, under the meter they use. */
export function QrPage() {
  return <QrStudio balance={<LiveBalanceStrip meter="api_calls" />} />
}
