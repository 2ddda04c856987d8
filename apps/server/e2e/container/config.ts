/** The environment of a terminal, without the test runner's variables. */
export function terminalEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV$|TEST$|VITEST)/.test(name)),
  )
}
