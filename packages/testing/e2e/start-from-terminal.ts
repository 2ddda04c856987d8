import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../src/free-port.ts'
import { spawnGroup } from '../src/spawn-group.ts'
import { ownEnvironment } from './own-environment.ts'

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
  const group = spawnGroup('npm', ['run', script], {
    cwd: directory,
    env: {
      ...ownEnvironment(),
      PORT: String(port),
      WEB_PORT: String(webPort),
      BILLING_PORT: String(billingPort),
    },
  })
  for (const stream of group.output) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (output += text))
  }
  const deadline = performance.now() + READY_MS_MAX
  while (!(await isReady(url))) {
    if (!group.isAlive() || performance.now() > deadline) {
      await group.stop()
      throw new Error(`npm run ${script} did not become ready:\n${output}`)
    }
    await delay(POLL_MS)
  }
  const studioUrl = script === 'dev' ? `http://localhost:${webPort}` : url
  return { url, studioUrl, output: () => output, stop: group.stop }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}
