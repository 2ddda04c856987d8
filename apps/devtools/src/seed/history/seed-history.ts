import type { Database } from '@tollgate/database'
import { z } from 'zod'
import { askBilling, type BillingAccess } from '../ask-billing.ts'
import { buy } from '../buy.ts'
import type { PersonaSession } from '../persona-session.ts'
import { moveMeteringClock } from './move-metering-clock.ts'
import { type HistoryDay, planHistory } from './plan-history.ts'

const DAY_MS = 86_400_000
/** When in a history a top-up is bought and refunded, as fractions of its length. */
const TOP_UP_AT = 0.6
const REFUND_AT = 0.5
/** The maximum length of a text. */
const TEXT = 'The toll road opened in spring, and it was paid for in four years. '
  .repeat(300)
  .slice(0, 19_990)

const history = z.object({ used: z.array(z.unknown()) })
const payments = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Creates days of use, a top-up and its refund, each at its own time; does nothing if there is use already. */
export async function seedHistory(
  session: PersonaSession,
  { days, billing, metering }: { days: number; billing: BillingAccess; metering: Database },
): Promise<void> {
  const { used } = history.parse(await session.read('billing.history?input={"days":90}'))
  if (used.length > 0) return
  let topUp: string | null = null
  let isRefunded = false
  try {
    await moveMeteringClock(metering, days * DAY_MS)
    await buy(session, 'pro_monthly')
    await session.call('billing.refresh', {})
    for (const day of planHistory(days, new Date())) {
      await moveMeteringClock(metering, day.daysAgo * DAY_MS)
      await makeCallsOf(session, day)
      if (topUp === null && day.daysAgo <= days * TOP_UP_AT) {
        topUp = await buyTopUp(session, billing)
      } else if (topUp !== null && !isRefunded && day.daysAgo <= days * REFUND_AT) {
        await askBilling(billing, `/payments/${topUp}/refund`, {})
        isRefunded = true
      }
      await session.call('billing.refresh', {})
    }
  } finally {
    await moveMeteringClock(metering, 0)
  }
}

async function makeCallsOf(session: PersonaSession, day: HistoryDay): Promise<void> {
  const { daysAgo, images, qrCodes, summaries } = day
  const key = (kind: string, number: number) => `seed-history-${kind}-${daysAgo}-${number}`
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number)
  await Promise.all([
    ...numbers(images).map((number) =>
      session.call(
        'images.generate',
        { prompt: `A tollgate ${daysAgo} days ago, number ${number}`, style: 'paper' },
        key('image', number),
      ),
    ),
    ...numbers(qrCodes).map((number) =>
      session.call(
        'tools.qrCode',
        { text: `https://example.com/${daysAgo}/${number}` },
        key('qr-code', number),
      ),
    ),
    ...numbers(summaries).map((number) =>
      session.call(
        'text.summarize',
        { text: `${TEXT} ${daysAgo} ${number}`, sentences: 1 },
        key('summary', number),
      ),
    ),
  ])
}

/** The id of the payment, which is the newest right after it was made. */
async function buyTopUp(session: PersonaSession, billing: BillingAccess): Promise<string> {
  await buy(session, 'images_topup_50')
  const [newest] = payments.parse(await askBilling(billing, '/payments')).data
  if (!newest) throw new Error('The backend lists no payment after a purchase.')
  return newest.id
}
