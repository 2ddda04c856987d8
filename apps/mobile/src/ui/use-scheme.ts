import type { Scheme } from '@tollgate/brand'
import { useSyncExternalStore } from 'react'
import { Appearance } from 'react-native'

/** The device's color scheme. Not `useColorScheme`, which resubscribes on every render in a browser and would miss a change in between. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, readScheme)
}

function subscribe(onChange: () => void): () => void {
  const subscription = Appearance.addChangeListener(onChange)
  return () => subscription.remove()
}

function readScheme(): Scheme {
  return Appearance.getColorScheme() === 'dark' ? 'dark' : 'light'
}
