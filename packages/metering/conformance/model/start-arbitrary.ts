import fc from 'fast-check'

/** Where the clock of a schedule starts, and the time zone of the database session. */
export type Start = { at: number; zone: string }

const DAY_MS = 86_400_000

/** Calendar boundaries, each with a time zone in which it falls there. */
const TURNS: readonly Start[] = [
  ['2026-12-31T23:59:59Z', 'UTC'],
  ['2027-02-28T23:59:59Z', 'UTC'],
  ['2028-02-28T23:59:59Z', 'UTC'],
  ['2028-02-29T23:59:59Z', 'America/Los_Angeles'],
  // In the session's time zone, a month ends at a different moment.
  ['2027-01-31T18:29:59Z', 'Asia/Kolkata'],
  ['2028-03-01T07:59:59Z', 'America/Los_Angeles'],
  ['2027-12-31T10:59:59Z', 'Pacific/Auckland'],
  // Daylight-saving changes.
  ['2027-03-14T09:59:59Z', 'America/Los_Angeles'],
  ['2027-03-28T00:59:59Z', 'Europe/Berlin'],
  ['2027-10-31T00:59:59Z', 'Europe/Berlin'],
  ['2027-11-07T08:59:59Z', 'America/Los_Angeles'],
  ['2027-04-03T13:59:59Z', 'Australia/Lord_Howe'],
].map(([at = '', zone = '']) => ({ at: Date.parse(at), zone }))

/** Most schedules start shortly before a calendar boundary, so that their first minutes cross it. */
export const startArbitrary: fc.Arbitrary<Start> = fc
  .record({
    turn: fc.constantFrom(...TURNS),
    before: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }) },
    ),
  })
  .map(({ turn: { at, zone }, before }) => ({ at: at - before, zone }))
