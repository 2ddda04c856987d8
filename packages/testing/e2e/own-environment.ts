/** What a terminal does not have: the test runner's variables would change every build, and those of a quiet `pnpm -s` every output. */
const NOT_OF_A_TERMINAL =
  /^(?:NODE_ENV$|TEST(?:_|$)|VITEST|npm_(?!config_)|npm_config_(?:loglevel|reporter)$)/i

/** The environment of a terminal. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !NOT_OF_A_TERMINAL.test(name)),
  )
}
