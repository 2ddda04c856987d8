/** The spans of one billed call, in order; guide, trace and dev panel use these very words. */
export const SPAN_NAMES = [
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

/** One span of a billed call. */
export type SpanName = (typeof SPAN_NAMES)[number]
