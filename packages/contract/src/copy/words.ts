import type { enBalance } from './en-balance.ts'
import type { enRefusals } from './en-refusals.ts'
import type { Formats } from './formats.ts'

/** A language and its formats. */
export type Words = { t: typeof enBalance & typeof enRefusals; f: Formats }
