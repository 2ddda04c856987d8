import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../src/free-port.ts'
import { ownEnvironment } from './own-environment.ts'

/** The group ends when npm does, or when the input does: with the process that started it, however that ended. */
const UNTIL_INPUT_ENDS = '{ npm run "$1" </dev/null; kill -TERM 0; } & read -r _; kill -TERM 0'
const POLL_MS = 50
const READY_MS_MAX = 120_000

/** `npm start` or `npm run dev`, ready; what it printed so far is `output()`. */
export type Started = {
  url: string
  studioUrl: string
  output(): string
  stop(): Promise<void>
}

/** Runs one of the two on free ports, with its data in the clone, and waits until the server is ready. */
export async function startFromTerminal(
  directory: string,
  script: 'start' | 'dev',
): Promise<Started> {
  const [port, webPort, billingPort] = [await freePort(), await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  let output = ''
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, 'sh', script], {
    cwd: directory,
    env: {
      ...ownEnvironment(),
      PORT: String(port),
      WEB_PORT: String(webPort),
      BILLING_PORT: String(billingPort),
    },
    // A group of its own, so that what npm starts ends with it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (output += text))
  }
  const { pid } = child
  if (pid === undefined) throw new Error('npm could not be started.')
  const stop = async () => {
    if (groupLives(pid)) process.kill(-pid, 'SIGTERM')
    // npm is gone at once, the server when its database has stopped.
    while (groupLives(pid)) await delay(POLL_MS)
  }
  const deadline = performance.now() + READY_MS_MAX
  while (!(await isReady(url))) {
    if (!groupLives(pid) || performance.now() > deadline) {
      await stop()
      throw new Error(`npm run ${script} did not become ready:\n${output}`)
    }
    await delay(POLL_MS)
  }
  const studioUrl = script === 'dev' ? `http://localhost:${webPort}` : url
  return { url, studioUrl, output: () => output, stop }
}

function groupLives(pid: number): boolean {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}
