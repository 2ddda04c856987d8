import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Identifies a running process by id and start time, because ids are reused. Returns null when no process with that id is running; a
 * zombie is not.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  const started = process.platform === 'linux' ? await startFromProc(pid) : await startFromPs(pid)
  return started === null ? null : `${pid}-${started}`
}

/** The process id in an identity. */
export function pidOf(identity: string): number {
  return Number.parseInt(identity, 10)
}

async function startFromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The program's name may contain spaces and parentheses, so fields are counted from its end.
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
