import { focusManager } from '@tanstack/react-query'
import { followBalances } from '@tollgate/client/react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { trpc } from '../../connection/trpc.ts'

/** Keeps balances and alerts current while other devices and members spend, for as long as the app is looked at. */
export function FollowBalances({ payer }: { payer: string }) {
  const tollgate = useTollgate()
  const utils = trpc.useUtils()
  const isFocused = useSyncExternalStore(
    (onChange) => focusManager.subscribe(onChange),
    () => focusManager.isFocused(),
    () => true,
  )
  useEffect(() => {
    if (!isFocused) return
    const following = followBalances({
      tollgate,
      customerId: payer,
      onOtherChange: () => void utils.alerts.list.invalidate(),
    })
    const stopBroadcasting = tollgate.onBalances(following.broadcast)
    return () => {
      stopBroadcasting()
      following.stop()
    }
  }, [tollgate, payer, isFocused, utils])
  return null
}
