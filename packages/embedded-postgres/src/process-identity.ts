import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Identifies a running process by number and start time, as numbers are given out again.
 * Returns null when nothing runs under that number; a zombie does not run.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  const started = process.platform === 'linux' ? await startFromProc(pid) : await startFromPs(pid)
  return started === null ? null : `${pid}-${started}`
}

/** The process number an identity begins with. */
export function pidOf(identity: string): number {
  return Number.parseInt(identity, 10)
}

async function startFromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The program's name may contain spaces and parentheses; the fields are counted after its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, started] = [fields[0], fields[19]]
    return state === 'Z' || state === 'X' || started === undefined ? null : started
  } catch {
    return null
  }
}

async function startFromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'state=,lstart=', '-p', String(pid)])
    const text = stdout.trim()
    return text === '' || text.startsWith('Z')
      ? null
      : text.replace(/^\S+/, '').replaceAll(/\W/g, '')
  } catch {
    return null
  }
}
