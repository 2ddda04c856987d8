import { router } from 'expo-router'
import { useState } from 'react'
import { useSession, useSignedIn } from '../session/session-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { AccountSwitcher } from './account-switcher.tsx'
import { invitationIn } from './invitation-in.ts'
import { TeamError } from './team-error.tsx'

const { t } = copy

/** The current account, and a field for an invitation link to join a team. */
export function Teams() {
  const { isGuest, acting } = useSignedIn()
  const { switchError } = useSession()
  const [link, setLink] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  if (isGuest) return null

  function open(): void {
    const invitation = invitationIn(link)
    setIsWrong(invitation === null)
    if (invitation !== null) router.push({ pathname: '/join', params: { invitation } })
  }

  return (
    <Card>
      <Words as="title">{t.team.title}</Words>
      <AccountSwitcher />
      <TeamError error={switchError} />
      {acting.organizationId === null ? null : (
        <Button label={t.team.open} onPress={() => router.push('/team')} />
      )}
      <Field
        label={t.team.join.link}
        hint={t.team.join.linkHint}
        error={isWrong ? t.team.join.noLink : null}
        value={link}
        onChangeText={setLink}
        autoCapitalize="none"
        inputMode="url"
      />
      <Button label={t.team.join.open} kind="plain" disabled={link.trim() === ''} onPress={open} />
    </Card>
  )
}
