/** A customer in a situation that the Studio shows differently. */
export type Persona = {
  name: string
  /** What the Studio shows. */
  shows: string
  /** Billed calls it has made. */
  calls: { images?: number; qrCodes?: number }
  /** What it bought. */
  bought?: 'pro_monthly' | 'images_topup_50'
  /** Tokens recorded at the backend beyond the balance. */
  tokensBeyond?: number
  /** Cancels at the end of the period. */
  leaves?: true
  /** Days for which it has used its plan. Metering's clock must move for that, for every customer, so it is seeded only by name. */
  historyDays?: number
  /** Its renewal was not paid. The backend's clock must move to it, for every customer, so it is seeded only by name. */
  owes?: true
}

/** One per state the Studio can show; `pnpm seed` makes them, and making them again changes nothing. */
export const PERSONAS: readonly Persona[] = [
  { name: 'fresh', shows: 'everything left', calls: {} },
  { name: 'nearly', shows: '79 % of the calls used: not a word yet', calls: { qrCodes: 79 } },
  { name: 'low', shows: '82 % used: the first hint', calls: { qrCodes: 82, images: 8 } },
  { name: 'scarce', shows: '96 % used: hardly anything left', calls: { qrCodes: 96 } },
  { name: 'exhausted', shows: 'out of images', calls: { images: 10 } },
  { name: 'overage', shows: 'more tokens used than there were', calls: {}, tokensBeyond: 5130 },
  {
    name: 'topup',
    shows: 'extra images beside the plan',
    calls: { images: 10 },
    bought: 'images_topup_50',
  },
  { name: 'unlimited', shows: 'calls without limit', calls: { qrCodes: 3 }, bought: 'pro_monthly' },
  {
    name: 'leaving',
    shows: 'a plan that ends with its period',
    calls: {},
    bought: 'pro_monthly',
    leaves: true,
  },
  {
    name: 'regular',
    shows: '90 days of use, and tokens that run out before they reset',
    calls: {},
    historyDays: 90,
  },
  {
    name: 'past-due',
    shows: 'a renewal that was not paid',
    calls: {},
    bought: 'pro_monthly',
    owes: true,
  },
]

/** Of all of them; the Studio is on this machine alone. */
export const PERSONA_PASSWORD = 'tollgate-demo'

export function emailOf({ name }: Persona): string {
  return `${name}@tollgate.example`
}
