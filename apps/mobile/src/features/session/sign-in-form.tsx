import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'
import { GuestOffer } from './guest-offer.tsx'
import { useSession } from './session-provider.tsx'

/** Guest first, because it requires no input; then signing in or signing up. */
export function SignInForm() {
  const { session, signInAsGuest, signIn, signUp } = useSession()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [pending, setPending] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    setPending(name)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'Sign-in failed.')
    } finally {
      setPending(null)
    }
  }

  const isGuest = session?.isGuest === true
  const incomplete = !email.includes('@') || password.length < 8
  return (
    <>
      {isGuest ? null : (
        <GuestOffer
          isBusy={pending === 'guest'}
          isDisabled={pending !== null}
          onPress={() => void attempt('guest', signInAsGuest)}
        />
      )}
      <Card>
        <Words as="title">{isGuest ? 'Keep your balance' : 'Your account'}</Words>
        <Field
          label="Email"
          value={email}
          onChangeText={setEmail}
          autoCapitalize="none"
          autoComplete="email"
          inputMode="email"
        />
        <Field
          label="Password, at least 8 characters"
          value={password}
          onChangeText={setPassword}
          autoComplete={isGuest ? 'new-password' : 'current-password'}
          secureTextEntry
        />
        {failure ? (
          <Words tone="danger" alert>
            {failure}
          </Words>
        ) : null}
        <Button
          label="Create account"
          busy={pending === 'sign-up'}
          disabled={pending !== null || incomplete}
          onPress={() => void attempt('sign-up', () => signUp({ email, password }))}
        />
        <Button
          label="Sign in"
          kind="plain"
          busy={pending === 'sign-in'}
          disabled={pending !== null || incomplete}
          onPress={() => void attempt('sign-in', () => signIn({ email, password }))}
        />
      </Card>
    </>
  )
}
