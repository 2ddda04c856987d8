const CHANNEL = 'tollgate:acting'

/** Of this window alone: what is sent on a channel is heard by every other one, also by a second one of the same window. */
let opened: BroadcastChannel | undefined

/** Notifies the other windows of this browser that their session acts for another customer from now on. */
export function announceSwitch(): void {
  channel().postMessage(null)
}

/** Calls the listener when another window of this browser has switched; returns how to stop. */
export function onSwitch(listener: () => void): () => void {
  channel().addEventListener('message', listener)
  return () => channel().removeEventListener('message', listener)
}

function channel(): BroadcastChannel {
  opened ??= new BroadcastChannel(CHANNEL)
  return opened
}
