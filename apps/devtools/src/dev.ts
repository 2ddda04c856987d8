import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@tollgate/server'

// `npm run dev`: the server, restarted on every change, next to Vite's dev server for the Studio.
const config = readConfig()
const devtools = fileURLToPath(new URL('..', import.meta.url))
const web = fileURLToPath(new URL('../../web', import.meta.url))

const children = [
  run(devtools, [
    'node_modules/tsx/dist/cli.mjs',
    'watch',
    '--clear-screen=false',
    // A child process of the watched one, which never imports it.
    '--include=../billing/src/**/*.ts',
    '--include=../../packages/ledger/src/**/*.ts',
    'src/dev-server.ts',
  ]),
  run(web, [
    'node_modules/vite/bin/vite.js',
    '--host',
    '127.0.0.1',
    '--port',
    String(config.webPort),
    '--strictPort',
  ]),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(signal))
for (const child of children) child.once('exit', () => stop('SIGTERM'))

function run(cwd: string, args: string[]): ChildProcess {
  return spawn(process.execPath, args, {
    cwd,
    stdio: 'inherit',
    // Developers open Vite's address, so a checkout has to return there.
    env: {
      PUBLIC_URL: `http://localhost:${config.webPort}`,
      ...config.environment,
      NODE_ENV: 'development',
    },
  })
}

function stop(signal: NodeJS.Signals): void {
  for (const child of children) if (child.exitCode === null) child.kill(signal)
}
