import { RESULT_KEPT_MS } from '../keeping-times.ts'
import type { Formats } from './formats.ts'

/** What was paid for, in English: lists of results, and one operation from its hold to its settlement. */
export const enResults = {
  results: {
    earlier: 'Earlier',
    keptUntil: (f: Formats, until: string) => `Kept until ${f.moment(until)}`,
    open: (title: string) => `Open ${title}`,
    download: (title: string) => `Download ${title}`,
    more: 'Show more',
    failed: 'What you made earlier could not be read.',
    gone: 'No longer kept',
    goneText: (f: Formats) => `Results are kept for ${f.duration(RESULT_KEPT_MS / 1000)}.`,
    partial: 'Ended early. Only what you see was charged.',
    ranOut: (cost: string) =>
      `Your balance or limit ended here. The rest would have cost up to ${cost}.`,
    running: 'Your earlier click is still running. Its result appears here.',
  },
  operation: {
    details: (name: string) => `Details of ${name}`,
    id: 'Operation ID',
    entryId: 'Entry ID',
    held: 'Hold placed',
    settled: 'Settled',
    released: 'Released',
    took: 'Duration',
    running: 'still running',
    meter: 'Meter',
    reserved: 'Reserved',
    charged: 'Charged',
    left: 'Balance after',
    chargedBy: 'Charged by operation',
    madeBy: 'Made by',
    madeWith: 'API key',
    former: { member: 'Former member', key: 'Former API key' },
    result: 'Result',
    noResult: 'Nothing was charged, so there is no result.',
    openPage: 'Open on its page',
    print: 'Print receipt',
    signedReceipt: 'Download signed receipt',
    close: 'Close',
    failed: 'The details could not be read.',
    again: 'Try again',
    changed: 'Credits',
    seconds: (f: Formats, seconds: number) => `${f.number(seconds)} s`,
  },
}
