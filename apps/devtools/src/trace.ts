import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@tollgate/testing/free-port'
import { createLogger, readConfig } from '@tollgate/server'
import { describeTrace } from './tracing/describe-trace.ts'
import { signInAsGuest } from './seed/sign-in-as-guest.ts'
import { traceOneCall } from './tracing/trace-one-call.ts'
import { createTraceLog } from './tracing/trace-log.ts'
import { watchCalls } from './tracing/watch-calls.ts'
import { startServer } from '@tollgate/server/start-server'

// `pnpm trace [procedure]`: a whole house of its own, one billed call, and how long it stayed at each of the twelve stations.
const path = process.argv[2] ?? 'images.generate'
const directory = await mkdtemp(join(tmpdir(), 'tollgate-trace-'))
const [port, billingPort] = [await freePort(), await freePort()]
const config = readConfig({
  NODE_ENV: 'development',
  DATA_DIR: directory,
  PORT: String(port),
  BILLING_PORT: String(billingPort),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  LOG_LEVEL: 'warn',
})
const log = createTraceLog()
const server = await startServer(config, createLogger('warn'), watchCalls(log))
try {
  const token = await signInAsGuest(server.url)
  // The first call also opens connections and loads fonts; the second is what every later one is like.
  for (const title of ['first call', 'second call']) {
    const trace = await traceOneCall({ url: server.url, path, token, log })
    process.stdout.write(`\n  ${path}, ${title}\n\n${describeTrace(trace)}\n`)
  }
} finally {
  await server.close()
  await rm(directory, { recursive: true, force: true })
}
