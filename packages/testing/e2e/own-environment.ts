/** The environment of a terminal: the variables of the test runner would change every build. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV$|TEST(?:_|$)|VITEST)/.test(name)),
  )
}
