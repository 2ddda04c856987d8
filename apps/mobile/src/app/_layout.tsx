import '../secure-random.ts'
import { DarkTheme, DefaultTheme, Stack, ThemeProvider } from 'expo-router'
import { StatusBar } from 'expo-status-bar'
import { useColorScheme } from 'react-native'
import { SafeAreaProvider } from 'react-native-safe-area-context'
import { RefusalProvider } from '../features/credits/refusal-provider.tsx'
import { SessionProvider, useSession } from '../features/session/session-provider.tsx'
import { TollgateRoot } from '../features/session/tollgate-root.tsx'
import { usePalette } from '../ui/palette.ts'

export default function RootLayout() {
  return (
    <SafeAreaProvider>
      <ThemeProvider value={useTheme()}>
        <SessionProvider>
          <Routes />
        </SessionProvider>
        <StatusBar style="auto" />
      </ThemeProvider>
    </SafeAreaProvider>
  )
}

/** Headers, tab bar and transitions in the colors of the brand. */
function useTheme() {
  const palette = usePalette()
  const base = useColorScheme() === 'dark' ? DarkTheme : DefaultTheme
  const colors = {
    primary: palette.accent,
    background: palette.ground,
    card: palette.card,
    text: palette.text,
    border: palette.line,
    notification: palette.danger,
  }
  return { ...base, colors }
}

function Routes() {
  const { session } = useSession()
  if (session === undefined) return null
  const stack = (
    <Stack screenOptions={{ headerBackTitle: 'Back' }}>
      <Stack.Protected guard={session !== null}>
        <Stack.Screen name="(tabs)" options={{ headerShown: false }} />
        <Stack.Screen name="out-of-credits" options={{ presentation: 'modal', title: 'Options' }} />
        <Stack.Screen name="checkout" options={{ title: 'Tollgate' }} />
      </Stack.Protected>
      <Stack.Protected guard={session?.isGuest === true}>
        <Stack.Screen name="make-account" options={{ presentation: 'modal', title: 'Account' }} />
      </Stack.Protected>
      <Stack.Protected guard={session === null}>
        <Stack.Screen name="sign-in" options={{ title: 'Tollgate' }} />
      </Stack.Protected>
    </Stack>
  )
  if (!session) return stack
  return (
    <TollgateRoot key={session.token} session={session}>
      <RefusalProvider>{stack}</RefusalProvider>
    </TollgateRoot>
  )
}
