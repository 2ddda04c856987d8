import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

type Listed = { pid: string; command: string; environment: string }

/** The other processes with `text` in their arguments or environment, such as a data directory: pid and command line. */
export async function processesWith(text: string): Promise<string[]> {
  const all = existsSync('/proc/self/environ') ? await readProc() : await askPs()
  return all
    .filter(({ pid }) => pid !== String(process.pid))
    .filter(({ command, environment }) => command.includes(text) || environment.includes(text))
    .map(({ pid, command }) => `${pid} ${command}`)
}

// Containers often have no `ps`.
async function readProc(): Promise<Listed[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    pids.map(async (pid) => ({
      pid,
      command: await readWords(`/proc/${pid}/cmdline`),
      environment: await readWords(`/proc/${pid}/environ`),
    })),
  )
}

function readWords(file: string): Promise<string> {
  return readFile(file, 'utf8').then(
    (text) => text.replaceAll('\0', ' ').trim(),
    // A process of another user, or one that has just ended.
    () => '',
  )
}

async function askPs(): Promise<Listed[]> {
  const ps = (format: string) =>
    promisify(execFile)('ps', [format, '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 })
  const commands = linesByPid((await ps('axww')).stdout)
  const withEnvironments = linesByPid((await ps('axeww')).stdout)
  return [...commands].map(([pid, command]) => ({
    pid,
    command,
    environment: withEnvironments.get(pid) ?? '',
  }))
}

function linesByPid(listing: string): Map<string, string> {
  const lines = listing.matchAll(/^ *(\d+) +(.*)$/gm)
  return new Map([...lines].map(([, pid = '', command = '']) => [pid, command]))
}
