/** The environment as a person's terminal has it: the test runner's own marks would make other builds of everything. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV$|TEST$|VITEST)/.test(name)),
  )
}
