/** The spans of one billed call, in order; guide, traces and dev panel use these exact names. */
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
