import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findDebianPrograms } from '@tollgate/testing/debian'
import { freePort } from '@tollgate/testing/free-port'
import { stringify } from 'yaml'
import { z } from 'zod'

const RULES = fileURLToPath(new URL('../deploy/alerts.yml', import.meta.url))
const READY_MS_MAX = 60_000
const POLL_MS = 250

/** Prometheus as its own process, with this repository's alert rules. */
export type RunningPrometheus = {
  /** The names of the alerts that are firing. */
  firing(): Promise<Set<string>>
  stop(): Promise<void>
}

/**
 * Starts Debian's Prometheus on loopback; alerts fire after `forSeconds` instead of minutes, and rates have a window of `windowSeconds`.
 */
export async function startPrometheus(options: {
  target: string
  token: string
  forSeconds: number
  windowSeconds: number
}): Promise<RunningPrometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-prometheus-'))
  const port = await freePort()
  await writeFile(path.join(folder, 'alerts.yml'), shorten(await readFile(RULES, 'utf8'), options))
  await writeFile(path.join(folder, 'prometheus.yml'), stringify(configOf(options)))
  const { prometheus } = findDebianPrograms()
  const child = spawn(
    prometheus,
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const url = `http://127.0.0.1:${port}`
  await untilReady(`${url}/-/ready`)
  return {
    async firing() {
      const answer = alerts.parse(await (await fetch(`${url}/api/v1/alerts`)).json())
      const names = answer.data.alerts
        .filter(({ state }) => state === 'firing')
        .map(({ labels }) => labels.alertname)
      return new Set(names)
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const alerts = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.object({ alertname: z.string() }) })),
  }),
})

/** The rules with shorter durations; their conditions stay the same. */
function shorten(
  rules: string,
  { forSeconds, windowSeconds }: { forSeconds: number; windowSeconds: number },
): string {
  return rules
    .replaceAll(/for: \d+m/gu, `for: ${forSeconds}s`)
    .replaceAll(/\[\d+m\]/gu, `[${windowSeconds}s]`)
}

function configOf({ target, token }: { target: string; token: string }) {
  const { host } = new URL(target)
  return {
    // A scrape that waits for the database takes two seconds.
    global: { scrape_interval: '3s', scrape_timeout: '3s', evaluation_interval: '1s' },
    rule_files: ['alerts.yml'],
    scrape_configs: [
      {
        job_name: 'tollgate',
        authorization: { credentials: token },
        static_configs: [{ targets: [host] }],
      },
    ],
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX
  while (performance.now() < deadline) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await delay(POLL_MS)
  }
  throw new Error(`Prometheus was not ready after ${READY_MS_MAX} ms.`)
}
