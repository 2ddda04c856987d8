import { useMutation } from '@tanstack/react-query'
import { router } from 'expo-router'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { useSession, useSignedIn } from './session-provider.tsx'

/** Signs out; asks a guest first, because a guest account cannot be signed in to again. */
export function SignOut() {
  const { isGuest } = useSignedIn()
  const session = useSession()
  const signOut = useMutation({ mutationFn: session.signOut, retry: false })
  const [isAsking, setIsAsking] = useState(false)
  return (
    <Card>
      {isGuest ? <GuestRisk isAsking={isAsking} /> : null}
      {signOut.isError ? (
        <Words tone="danger" alert>
          {signOut.error.message}
        </Words>
      ) : null}
      <Button
        label={isAsking ? 'Sign out anyway' : 'Sign out'}
        kind="plain"
        busy={signOut.isPending}
        onPress={() => (isGuest && !isAsking ? setIsAsking(true) : signOut.mutate())}
      />
      {isAsking ? <Button label="Stay signed in" onPress={() => setIsAsking(false)} /> : null}
    </Card>
  )
}

function GuestRisk({ isAsking }: { isAsking: boolean }) {
  return (
    <>
      {isAsking ? (
        <Words as="title" alert>
          Sign out and lose this account?
        </Words>
      ) : null}
      <Words as="quiet">
        A guest account cannot be signed in to again: you would lose your plan, your balance and
        everything you made. Create an account first to keep them.
      </Words>
      <Button
        label="Create an account"
        kind={isAsking ? 'plain' : 'primary'}
        onPress={() => router.push('/make-account')}
      />
    </>
  )
}
