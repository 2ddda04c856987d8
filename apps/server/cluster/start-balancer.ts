import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findDebianPrograms } from '@tollgate/testing/debian'
import { type Group, spawnGroup } from '@tollgate/testing/spawn-group'
import { haproxyConfig } from './haproxy-config.ts'

const READY_MS_MAX = 60_000
const POLL_MS = 50

/** HAProxy in front of the servers. */
export type Balancer = {
  url: string
  /** Drains a server: it gets no new requests and finishes those in flight. */
  drain(server: string): Promise<void>
  /** Sends it requests again. */
  resume(server: string): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Restarts it on the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts HAProxy on a loopback port; its configuration and admin socket are in `folder`. */
export async function startBalancer(options: {
  folder: string
  port: number
  servers: readonly { name: string; port: number }[]
}): Promise<Balancer> {
  const { folder, port, servers } = options
  const adminSocket = path.join(folder, 'haproxy.sock')
  const file = path.join(folder, 'haproxy.cfg')
  await writeFile(file, haproxyConfig({ port, adminSocket, servers }))
  const url = `http://127.0.0.1:${port}`
  let running = await launch({ file, folder, url })
  const setState = (server: string, state: string) =>
    command(adminSocket, `set server tollgate/${server} state ${state}`)
  return {
    url,
    drain: (server) => setState(server, 'drain'),
    resume: (server) => setState(server, 'ready'),
    async kill() {
      process.kill(running.pid, 'SIGKILL')
      await running.group.ended
    },
    async restart() {
      running = await launch({ file, folder, url })
    },
    stop: () => running.group.stop(),
  }
}

type Running = { group: Group; pid: number }

/** Starts HAProxy and waits until it forwards to a server that is ready. */
async function launch(options: { file: string; folder: string; url: string }): Promise<Running> {
  const { file, folder, url } = options
  const pidFile = path.join(folder, 'haproxy.pid')
  const { haproxy } = findDebianPrograms()
  const script = 'echo $$ > "$1" && exec "$2" -db -f "$3"'
  const group = spawnGroup('/bin/sh', ['-c', script, 'haproxy', pidFile, haproxy, file], {
    cwd: folder,
    env: {},
  })
  let output = ''
  for (const stream of group.output)
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const deadline = performance.now() + READY_MS_MAX
  while (performance.now() < deadline && group.isAlive()) {
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return { group, pid: Number(await readFile(pidFile, 'utf8')) }
    await delay(POLL_MS)
  }
  await group.stop()
  throw new Error(`HAProxy did not forward within ${READY_MS_MAX} ms:\n${output}`)
}

/** Sends HAProxy a command; throws if it responds with text, because success has an empty response. */
async function command(adminSocket: string, line: string): Promise<void> {
  const socket = connect(adminSocket)
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.end(`${line}\n`)
  await once(socket, 'close')
  if (answer.trim() !== '') throw new Error(`HAProxy, ${line}: ${answer.trim()}`)
}
