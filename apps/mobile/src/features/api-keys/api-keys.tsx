import { router } from 'expo-router'
import { useSignedIn } from '../session/session-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { ApiKeyList } from './api-key-list.tsx'
import { CreateApiKey } from './create-api-key.tsx'

const { t } = copy

/** The user's API keys. */
export function ApiKeys() {
  const { isGuest } = useSignedIn()
  if (!isGuest) {
    return (
      <>
        <Words as="quiet">{t.apiKeys.lead}</Words>
        <CreateApiKey />
        <ApiKeyList />
      </>
    )
  }
  return (
    <Card>
      <Words as="title">{t.apiKeys.guestTitle}</Words>
      <Words>{t.apiKeys.guestText}</Words>
      <Button label="Create an account" onPress={() => router.push('/make-account')} />
    </Card>
  )
}
