/** What the processes of the benchmark are started with. */
export const childEnvironment = { ...process.env, NODE_ENV: 'production' }
