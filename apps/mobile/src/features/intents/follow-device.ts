import { focusManager, onlineManager } from '@tanstack/react-query'
import * as Network from 'expo-network'
import { AppState, Platform } from 'react-native'

/** Reports app focus and network changes to the query cache; returns a function that stops it. */
export function followDevice(): () => void {
  // In a browser the cache observes the window itself.
  if (Platform.OS === 'web') return () => {}
  const appState = AppState.addEventListener('change', (state) => {
    focusManager.setFocused(state === 'active')
  })
  const network = Network.addNetworkStateListener((state) => {
    onlineManager.setOnline(state.isConnected !== false)
  })
  return () => {
    appState.remove()
    network.remove()
  }
}
