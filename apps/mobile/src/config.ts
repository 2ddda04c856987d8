import Constants from 'expo-constants'
import { Platform } from 'react-native'

/** The server's default port. */
const SERVER_PORT = 3000

/** The server's URL: `EXPO_PUBLIC_SERVER_URL`, or in development the machine that serves the app. */
export function serverUrl(): string {
  // Expo only inlines this exact expression; a destructured one would be undefined.
  const configured = process.env.EXPO_PUBLIC_SERVER_URL
  if (configured) return configured.replace(/\/$/, '')
  if (Platform.OS === 'web') return window.location.origin
  const developmentHost = Constants.expoConfig?.hostUri?.split(':')[0]
  return `http://${developmentHost ?? '127.0.0.1'}:${SERVER_PORT}`
}
