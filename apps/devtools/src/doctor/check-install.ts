import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './finding.ts'

/** Checks that the installed packages match the lockfile. */
export function checkInstall(root: string): Finding {
  const about = 'Packages'
  const installed = modifiedAt(join(root, 'node_modules/.pnpm-workspace-state-v1.json'))
  const locked = modifiedAt(join(root, 'pnpm-lock.yaml'))
  const fix = 'Run `npx -y pnpm@10.34.9 install --frozen-lockfile`; `npm start` does it, too.'
  if (installed === null) return { about, state: 'problem', detail: 'nothing is installed', fix }
  if (locked === null) {
    return {
      about,
      state: 'problem',
      detail: 'pnpm-lock.yaml is gone',
      fix: 'Restore it from git.',
    }
  }
  if (locked > installed) {
    return { about, state: 'warning', detail: 'the lockfile is newer than what is installed', fix }
  }
  return { about, state: 'ok', detail: 'as the lockfile says' }
}

function modifiedAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
