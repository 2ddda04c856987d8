import '../secure-random.ts'
import { DarkTheme, DefaultTheme, Stack, ThemeProvider } from 'expo-router'
import { StatusBar } from 'expo-status-bar'
import type { ComponentProps } from 'react'
import { Platform } from 'react-native'
import { SafeAreaProvider } from 'react-native-safe-area-context'
import { copy } from '../copy.ts'
import { RefusalProvider } from '../features/credits/refusal-provider.tsx'
import { SessionProvider, useSession } from '../features/session/session-provider.tsx'
import { isActing, payerOf } from '../features/session/session.ts'
import { SettleActing } from '../features/session/settle-acting.tsx'
import { TollgateRoot } from '../features/session/tollgate-root.tsx'
import { FormerMember } from '../features/team/former-member.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { usePalette } from '../ui/palette.ts'
import { useScheme } from '../ui/use-scheme.ts'

/** A screen opened by a link has the tabs below it, so that there is a way back. */
export const unstable_settings = { anchor: '(tabs)' }

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
  const base = useScheme() === 'dark' ? DarkTheme : DefaultTheme
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
  if (session !== null && !isActing(session)) return <SettleActing />
  const stack = (
    <Stack screenOptions={STACK}>
      <Stack.Protected guard={session !== null}>
        <Stack.Screen name="(tabs)" options={{ headerShown: false }} />
        <Stack.Screen name="out-of-credits" options={{ presentation: 'modal', title: 'Options' }} />
        <Stack.Screen name="operation/[id]" options={{ title: 'Details' }} />
        <Stack.Screen name="checkout" options={{ title: 'Tollgate' }} />
        <Stack.Screen name="alerts" options={{ title: copy.t.bell.title }} />
        <Stack.Screen name="keys" options={{ title: copy.t.apiKeys.title }} />
        <Stack.Screen name="team" options={{ title: copy.t.team.title }} />
        <Stack.Screen name="join" options={{ title: copy.t.team.join.title }} />
      </Stack.Protected>
      <Stack.Protected guard={session?.isGuest === true}>
        <Stack.Screen name="make-account" options={{ presentation: 'modal', title: 'Account' }} />
      </Stack.Protected>
      <Stack.Protected guard={session === null}>
        <Stack.Screen name="sign-in" options={{ title: 'Tollgate' }} />
      </Stack.Protected>
      <Stack.Screen name="+not-found" options={{ title: 'Tollgate' }} />
    </Stack>
  )
  if (!session) return stack
  return (
    <TollgateRoot key={`${session.token} ${payerOf(session)}`} session={session}>
      <FormerMember>
        <RefusalProvider>{stack}</RefusalProvider>
      </FormerMember>
    </TollgateRoot>
  )
}

const STACK: ComponentProps<typeof Stack>['screenOptions'] = {
  headerBackTitle: 'Back',
  // In a browser the navigator's own header is not a landmark; on a phone the system provides it.
  ...(Platform.OS === 'web' && {
    header: ({ options, back, navigation }) => (
      <PageHeader
        title={options.title ?? ''}
        onBack={back ? () => navigation.goBack() : undefined}
      />
    ),
  }),
}
