/** The activity of one day of a history. */
export type HistoryDay = {
  daysAgo: number
  images: number
  qrCodes: number
  summaries: number
}

/** From Sunday to Saturday: most use is on working days. */
const BUSY = [0, 3, 4, 4, 3, 2, 0]
/** The last days are busier, so that the tokens run out before they reset. */
const RUSH_DAYS = 7

/** A history of this many days for someone who works on weekdays, oldest first, without the days off. */
export function planHistory(days: number, now: Date): HistoryDay[] {
  return Array.from({ length: days }, (_, index) => dayOf(days - 1 - index, now)).filter(
    ({ images, qrCodes, summaries }) => images + qrCodes + summaries > 0,
  )
}

function dayOf(daysAgo: number, now: Date): HistoryDay {
  const weekday = new Date(now.getTime() - daysAgo * 86_400_000).getUTCDay()
  const busy = BUSY[weekday] ?? 0
  // Varies from week to week.
  const quiet = (daysAgo * 7) % 5
  const rush = daysAgo < RUSH_DAYS ? 2 : 0
  return {
    daysAgo,
    images: Math.max(0, busy - quiet - 1),
    qrCodes: Math.max(0, busy - ((quiet + 2) % 5)),
    summaries: busy === 0 ? 0 : Math.max(1, busy - quiet - 1) + rush,
  }
}
