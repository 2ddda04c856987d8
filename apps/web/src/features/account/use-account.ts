import { useEffect, useState } from 'react'
import { onSwitch } from '../team/switch-signal.ts'
import { authClient } from './auth-client.ts'
import { type Person, useSession } from './use-session.ts'

/** Who is signed in, and which account this window acts for. */
type Account = {
  /** As in `useSession`, but with the account that this window shows. */
  person: Person | null | undefined
  /** The organization that the session now acts for, null for the personal account; undefined if it is the one this window shows. */
  switchedTo: string | null | undefined
}

/** Keeps the account that this window was opened with when another window switches, so that no input is lost. */
export function useAccount(): Account {
  const current = useSession()
  const [opened, setOpened] = useState<Pick<Person, 'id' | 'organizationId'> | null>(null)
  // On the first load, or when another person signs in, this window follows the session.
  if (current !== undefined && current?.id !== opened?.id) setOpened(current)
  useEffect(() => onSwitch(() => authClient.$store.notify('$sessionSignal')), [])
  if (!current || current.id !== opened?.id) return { person: current, switchedTo: undefined }
  const { organizationId } = opened
  return {
    person: { ...current, organizationId },
    switchedTo: current.organizationId === organizationId ? undefined : current.organizationId,
  }
}
