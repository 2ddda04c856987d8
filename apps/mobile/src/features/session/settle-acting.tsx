import { useEffect, useEffectEvent, useState } from 'react'
import { Card } from '../../ui/card.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { useSession } from './session-provider.tsx'

/** The polling interval while the server does not respond. */
const ASK_EVERY_MS = 3000

/** Replaces every screen until it is known who pays for its calls. */
export function SettleActing() {
  const { settleActing } = useSession()
  const [failures, setFailures] = useState(0)
  const settle = useEffectEvent(settleActing)
  useEffect(() => {
    const timer = setTimeout(
      () => void settle().catch(() => setFailures((count) => count + 1)),
      failures === 0 ? 0 : ASK_EVERY_MS,
    )
    return () => clearTimeout(timer)
  }, [failures])
  return (
    <Screen>
      <Card>
        <Words as="title" alert>
          {failures === 0 ? copy.t.team.switching : copy.t.team.noAnswer}
        </Words>
      </Card>
    </Screen>
  )
}
