import { type Intent, type SeededRandom, summaryIntent } from '@tollgate/testing/faults'

const SENTENCES = 12
const WORDS = [
  'river',
  'toll',
  'gate',
  'ledger',
  'credit',
  'bridge',
  'keeper',
  'traveller',
  'coin',
  'lantern',
  'road',
  'harbour',
]

/** A summary of a unique text, long enough that its stream lasts a second. */
export function longTextIntent(random: SeededRandom): Intent {
  const word = () => WORDS[random.below(WORDS.length)] ?? ''
  const sentence = () => `The ${Array.from({ length: 14 }, word).join(' ')} went on.`
  return summaryIntent(random.key(), Array.from({ length: SENTENCES }, sentence).join(' '))
}
