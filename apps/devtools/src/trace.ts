import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, readConfig } from '@tollgate/server'
import { startServer } from '@tollgate/server/start-server'
import { freePort } from '@tollgate/testing/free-port'
import { signInAsGuest } from './seed/sign-in-as-guest.ts'
import { createSpanRecorder } from './tracing/create-span-recorder.ts'
import { describeTrace } from './tracing/describe-trace.ts'
import { traceOneCall } from './tracing/trace-one-call.ts'

// `pnpm trace [procedure]`: makes one billed call to a server of its own, and prints how long each of its twelve spans took.
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
const recorder = createSpanRecorder()
const server = await startServer(config, createLogger('warn'), {
  spanProcessor: recorder.processor,
})
try {
  const token = await signInAsGuest(server.url)
  // The first call also opens connections and loads fonts; the second is representative.
  for (const title of ['first call', 'second call']) {
    const spans = await traceOneCall({ url: server.url, path, token, recorder })
    process.stdout.write(`\n  ${path}, ${title}\n\n${describeTrace(spans)}\n`)
  }
} finally {
  await server.close()
  await rm(directory, { recursive: true, force: true })
}
