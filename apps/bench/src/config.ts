/** What the processes of the benchmark are started with. */
export const childEnvironment = { ...process.env, NODE_ENV: 'production' }

/** What a server is started with beside its own settings: nothing that someone has set for another one. */
export const bareEnvironment = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

/** Where the command was typed. */
export const typedIn = process.env['INIT_CWD'] ?? process.cwd()
