import { LiveBalanceStrip } from '../features/balance/live-balance-strip.tsx'
import { ImageStudio } from '../features/images/image-studio.tsx'

/** Pictures, under the meter they use. */
export function ImagesPage() {
  return <ImageStudio balance={<LiveBalanceStrip meter="image_generations" />} />
}
