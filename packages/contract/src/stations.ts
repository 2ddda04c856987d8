/** The stations one billed call passes, in order; guide, trace and dev panel use these very words. */
export const STATIONS = [
  'intent',
  'links',
  'http',
  'session',
  'context',
  'price',
  'hold',
  'work',
  'settle',
  'answer',
  'relay',
  'backend',
] as const

/** One station of a billed call. */
export type Station = (typeof STATIONS)[number]
