import { LiveBalanceStrip } from '../features/balance/live-balance-strip.tsx'
import { TextStudio } from '../features/text/text-studio.tsx'

/** Summaries, under the meter they use. */
export function TextPage() {
  return <TextStudio balance={<LiveBalanceStrip meter="ai_tokens" />} />
}
