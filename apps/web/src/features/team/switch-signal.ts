const CHANNEL = 'tollgate:acting'

/** Notifies the other windows of this browser that their session acts for another customer from now on. */
export function announceSwitch(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** Calls the listener when another window of this browser has switched; returns how to stop. */
export function onSwitch(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', listener)
  return () => channel.close()
}
