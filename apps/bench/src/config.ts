/** The environment of the benchmark's processes. */
export const childEnvironment = { ...process.env, NODE_ENV: 'production' }

/** The environment of a server apart from its own settings: without settings of any other server. */
export const bareEnvironment = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

/** The directory in which the command was run. */
export const typedIn = process.env['INIT_CWD'] ?? process.cwd()
