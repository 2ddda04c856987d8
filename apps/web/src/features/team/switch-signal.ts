const CHANNEL = 'tollgate:acting'

/** One channel per window, because a channel does not receive its own messages. */
let opened: BroadcastChannel | undefined

/** Notifies the other windows of this browser that their session now acts for another customer. */
export function announceSwitch(): void {
  channel().postMessage(null)
}

/** Calls the listener when another window of this browser has switched; returns a function that unsubscribes it. */
export function onSwitch(listener: () => void): () => void {
  channel().addEventListener('message', listener)
  return () => channel().removeEventListener('message', listener)
}

function channel(): BroadcastChannel {
  opened ??= new BroadcastChannel(CHANNEL)
  return opened
}
