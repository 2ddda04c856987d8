/** A customer in one of the states that the Studio shows. */
export type Persona = {
  name: string
  /** What the Studio shows. */
  shows: string
  /** The number of billed calls. */
  calls: { images?: number; qrCodes?: number }
  /** The purchased price. */
  bought?: 'pro_monthly' | 'images_topup_50'
  /** Tokens recorded at the backend beyond the balance. */
  tokensBeyond?: number
  /** Cancels at the end of the period. */
  leaves?: true
  /** Days of recorded use. They require moving metering's clock for every customer, so this persona is only seeded by name. */
  historyDays?: number
  /** Its renewal payment failed. That requires advancing the backend's clock for every customer, so this persona is only seeded by name. */
  owes?: true
}

/** One per state of the Studio; `pnpm seed` creates them, and is idempotent. */
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

/** The password of every persona; public, because a seeded Studio only serves this machine. */
export const PERSONA_PASSWORD = 'tollgate-demo'

export function emailOf({ name }: Persona): string {
  return `${name}@tollgate.example`
}
