import type { Scheme } from '@tollgate/brand'
import { useSyncExternalStore } from 'react'
import { Appearance } from 'react-native'

/**
 * The scheme the device asks for. Not by `useColorScheme`, which in a browser listens anew with every drawing: what is drawn while
 * the scheme changes would miss the change.
 */
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
