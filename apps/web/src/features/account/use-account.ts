import { useEffect, useState } from 'react'
import { onSwitch } from '../team/switch-signal.ts'
import { authClient } from './auth-client.ts'
import { type Person, useSession } from './use-session.ts'

/** Who is there, and for whom this window acts. */
type Account = {
  /** As `useSession`, but for the account that this window shows. */
  person: Person | null | undefined
  /** The organization that the session acts for by now, null for the own account; undefined while that is what this window shows. */
  switchedTo: string | null | undefined
}

/** Stays with the account that this window was opened for when another one switches: nothing that was typed here is lost. */
export function useAccount(): Account {
  const current = useSession()
  const [opened, setOpened] = useState<Pick<Person, 'id' | 'organizationId'> | null>(null)
  // Another person, or the first: what this window shows from now on.
  if (current !== undefined && current?.id !== opened?.id) setOpened(current)
  useEffect(() => onSwitch(() => authClient.$store.notify('$sessionSignal')), [])
  if (!current || current.id !== opened?.id) return { person: current, switchedTo: undefined }
  const { organizationId } = opened
  return {
    person: { ...current, organizationId },
    switchedTo: current.organizationId === organizationId ? undefined : current.organizationId,
  }
}
