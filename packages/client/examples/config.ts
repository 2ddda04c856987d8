/** The environment without the test runner's variables, because tools build differently under NODE_ENV=test. */
export function environmentOutside(): NodeJS.ProcessEnv {
  const { NODE_ENV, ...environment } = process.env
  void NODE_ENV
  return { ...environment, CI: '1', EXPO_NO_TELEMETRY: '1', EXPO_OFFLINE: '1' }
}
