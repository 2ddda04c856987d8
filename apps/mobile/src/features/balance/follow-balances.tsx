import { focusManager } from '@tanstack/react-query'
import { followBalances } from '@tollgate/client/react'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'
import { useSession } from '../session/session-provider.tsx'

/** Keeps balances and alerts current while other devices and members spend, as long as the app is in the foreground. */
export function FollowBalances({ payer }: { payer: string }) {
  const tollgate = useTollgate()
  const utils = trpc.useUtils()
  const { settleActing } = useSession()
  const isFocused = useSyncExternalStore(
    (onChange) => focusManager.subscribe(onChange),
    () => focusManager.isFocused(),
    () => true,
  )
  // Rereads which account the session acts for; a session that has ended is removed from the device.
  const leaveEndedSession = useEffectEvent(() => void settleActing().catch(() => {}))
  useEffect(() => {
    if (!isFocused) return
    const following = followBalances({
      tollgate,
      customerId: payer,
      onOtherChange: () => void utils.alerts.list.invalidate(),
      onSignedOut: leaveEndedSession,
    })
    const stopBroadcasting = tollgate.onBalances(following.broadcast)
    return () => {
      stopBroadcasting()
      following.stop()
    }
  }, [tollgate, payer, isFocused, utils])
  return null
}
