import { existsSync } from 'node:fs'
import path from 'node:path'
import { runToEnd } from './run-to-end.ts'

/** The files of the working tree that git does not ignore. */
export async function trackedFiles(root: string): Promise<string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const names = await runToEnd('git', args, root)
  return names.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name)))
}
