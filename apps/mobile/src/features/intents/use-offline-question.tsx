import { onlineManager } from '@tanstack/react-query'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'

/** When offline, asks before a billed call is queued; when online, calls at once. */
export function useOfflineQuestion(cost: string | null): {
  isOffline: boolean
  ask(send: () => void): void
  question: ReactNode
} {
  const isOnline = useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
    () => true,
  )
  const [waiting, setWaiting] = useState<(() => void) | null>(null)

  return {
    isOffline: !isOnline,
    ask(send) {
      if (onlineManager.isOnline()) send()
      else setWaiting(() => send)
    },
    question: waiting ? (
      <Card>
        <Words as="title" alert>
          You are offline
        </Words>
        <Words as="quiet">Send it when you are back online?</Words>
        <Button
          label={cost ? `Send later · ${cost}` : 'Send later'}
          onPress={() => {
            setWaiting(null)
            waiting()
          }}
        />
        <Button label="Don’t send" kind="plain" onPress={() => setWaiting(null)} />
      </Card>
    ) : null,
  }
}
