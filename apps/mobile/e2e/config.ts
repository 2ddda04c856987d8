/** Expo's environment for an export that neither asks nor tells anybody anything. */
export function exportEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, ...environment } = process.env
  void NODE_ENV
  return {
    ...environment,
    CI: '1',
    EXPO_NO_TELEMETRY: '1',
    EXPO_OFFLINE: '1',
    NODE_ENV: 'production',
  }
}
